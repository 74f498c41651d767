SELECT id, type, type_name, issuer_name, sealed, issued_on, valid_until, as_of, type_name_en, issuer_name_en
FROM licences_held
WHERE holder_blind = $1 AND type = $2 AND present = 1
ORDER BY issued_on DESC, id DESC
LIMIT 20
