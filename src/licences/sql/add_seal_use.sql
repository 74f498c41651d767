INSERT INTO licences_seal_use (body, id, used_at, purpose, document, sha256) VALUES ($1, $2, $3, $4, $5, $6)
