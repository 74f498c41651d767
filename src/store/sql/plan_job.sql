-- Key $1, $2: see Query::key.
INSERT INTO store_job (kind, key, planned_at, due_at, body, attempts) VALUES ($1, $2, $3, $3, $4, 0)
ON CONFLICT (kind, key) DO UPDATE SET planned_at = excluded.planned_at, due_at = excluded.due_at,
    body = excluded.body, attempts = 0, last_error = NULL;
