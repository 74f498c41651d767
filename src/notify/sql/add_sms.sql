INSERT INTO notify_sms (id, person, key, kind, sealed, state, failure, tries, made_at, until_at)
VALUES ($1, $2, $3, $4, $5, 'waiting', '', 0, $6, $7)
ON CONFLICT (person, key) DO NOTHING
