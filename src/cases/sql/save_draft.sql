UPDATE cases_draft SET item_version = $3, region = $4, step = $5, version = $2 + 1, body = $6, updated_at = $7
WHERE id = $1 AND version = $2
