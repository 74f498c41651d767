SELECT id, person_id, item, item_version, region, step, version, body, created_at, updated_at FROM cases_draft
WHERE person_id = $1
ORDER BY updated_at DESC
LIMIT 50
