SELECT id, order_key, type, type_name, holder, issuer, issuer_name, case_no, number, identifier,
       secrets_sealed, holder_sealed, state, issued_on, issued_at, valid_until, file, file_sha256, version,
       revoked_at, revocation_kind
FROM licences_licence
WHERE check_blind = $1 AND state <> 'reserved'
