INSERT INTO licences_authority (id, certificate, key_sealed, valid_until) VALUES ($1, $2, $3, $4)
