-- On SQLite the transaction holds the only writer already.
SELECT '' AS locked;
