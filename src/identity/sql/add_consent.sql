INSERT INTO identity_consent (person, id, subject, item, item_name, text_key, text_version, text_hash, text_title,
                              resources, given_at, item_name_en, text_title_en, resources_en)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
