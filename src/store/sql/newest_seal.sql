-- The seal of the highest position is the youngest: the chain only grows.
SELECT sealed_at AS at FROM store_audit_seal ORDER BY position DESC LIMIT 1;
