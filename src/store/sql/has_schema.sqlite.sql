-- Where SQLite lists its tables.
SELECT count(*) AS found FROM sqlite_master WHERE type = 'table' AND name = 'store_migration';
