SELECT count(*) AS n FROM store_audit WHERE position IS NULL;
