SELECT kind, key, planned_at, due_at, body, attempts
FROM store_job WHERE due_at <= $1 ORDER BY due_at, kind, key LIMIT 64;
