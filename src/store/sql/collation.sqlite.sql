-- SQLite sorts by bytes, always.
SELECT 'C' AS name;
