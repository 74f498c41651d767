UPDATE store_audit SET position = $3, link = $4 WHERE aggregate = $1 AND id = $2 AND position IS NULL;
