UPDATE licences_licence
SET state = 'revoked', revoked_at = $3, revocation_kind = $4, reason_sealed = $5, basis_sealed = $6,
    version = version + 1
WHERE id = $1 AND version = $2 AND state <> 'revoked'
