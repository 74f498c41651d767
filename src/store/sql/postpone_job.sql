UPDATE store_job SET due_at = $4, attempts = $5, last_error = $6 WHERE kind = $1 AND key = $2 AND due_at = $3;
