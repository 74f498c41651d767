INSERT INTO licences_seal (body, line, certificate, issuer, key_sealed, valid_until)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (body) DO UPDATE
SET line = $2, certificate = $3, issuer = $4, key_sealed = $5, valid_until = $6
