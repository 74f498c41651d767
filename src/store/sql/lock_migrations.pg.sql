-- Several processes may migrate one PostgreSQL at once; the second waits, and finds nothing left to do.
SELECT CAST(pg_advisory_xact_lock(7305816203) AS TEXT) AS locked;
