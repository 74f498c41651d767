SELECT id, person_id, item, item_version, region, step, version, body, created_at, updated_at, channel, filer,
       hall, firm
FROM cases_draft
WHERE channel = $1 AND updated_at < $2
ORDER BY updated_at
LIMIT 100
