INSERT INTO licences_licence
    (id, order_key, type, type_name, holder, issuer, issuer_name, case_no, number, identifier, check_blind,
     token_blind, secrets_sealed, state, issued_on, valid_until, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'reserved', $14, $15, 1)
