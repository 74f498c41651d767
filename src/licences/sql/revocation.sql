SELECT reason_sealed, basis_sealed FROM licences_licence
WHERE id = $1 AND state = 'revoked' AND basis_sealed IS NOT NULL
