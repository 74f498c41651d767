-- The newest moment among the latest seals; not that of the last one, which bears the clock's time after it was set back.
SELECT max(latest.sealed_at) AS at
FROM (SELECT sealed_at FROM store_audit_seal ORDER BY position DESC LIMIT 20000) AS latest;
