INSERT INTO catalog_item (code, version, present, card) VALUES ($1, $2, 1, $3)
ON CONFLICT (code) DO UPDATE SET version = excluded.version, present = 1, card = excluded.card
