-- Where PostgreSQL lists its tables.
SELECT CASE WHEN to_regclass('store_migration') IS NULL THEN 0 ELSE 1 END AS found;
