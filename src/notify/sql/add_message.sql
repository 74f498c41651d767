INSERT INTO notify_message (person, id, key, kind, link, sealed, sent_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (person, key) DO NOTHING
