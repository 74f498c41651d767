UPDATE store_delivery SET due_at = $5, attempts = attempts + 1
WHERE aggregate = $1 AND consumer = $2 AND position = $3 AND due_at = $4
RETURNING due_at;
