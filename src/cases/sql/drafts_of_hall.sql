SELECT id, person_id, item, item_version, region, step, version, body, created_at, updated_at, channel, filer,
       hall, firm
FROM cases_draft
WHERE hall = $1 AND channel = 'window'
ORDER BY updated_at DESC
LIMIT 50
