INSERT INTO cases_draft (id, person_id, item, item_version, region, step, version, body, created_at, updated_at, channel,
                         filer, hall, firm)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
