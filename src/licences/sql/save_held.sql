INSERT INTO licences_held
    (id, type, type_name, number_blind, issuer_name, holder_blind, sealed, issued_on, valid_until, as_of,
     type_name_en, issuer_name_en, present)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)
ON CONFLICT (id) DO UPDATE SET type = $2, type_name = $3, issuer_name = $5, holder_blind = $6, sealed = $7,
    issued_on = $8, valid_until = $9, as_of = $10, type_name_en = $11, issuer_name_en = $12, present = 1
