SELECT position, link, sealed_at, signature FROM store_audit_seal ORDER BY position DESC LIMIT 1;
