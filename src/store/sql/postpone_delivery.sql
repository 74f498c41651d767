UPDATE store_delivery SET due_at = $5, attempts = $6, last_error = $7
WHERE aggregate = $1 AND consumer = $2 AND position = $3 AND due_at = $4;
