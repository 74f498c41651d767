-- Another process that runs the same job is not waited for: SKIP LOCKED, which SQLite does not know.
DELETE FROM store_job
WHERE (kind, key) IN (
    SELECT kind, key FROM store_job WHERE kind = $1 AND key = $2 AND due_at = $3 FOR UPDATE SKIP LOCKED)
RETURNING key;
