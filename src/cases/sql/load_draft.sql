SELECT id, person_id, item, item_version, region, step, version, body, created_at, updated_at, channel, filer,
       hall, firm
FROM cases_draft
WHERE id = $1
