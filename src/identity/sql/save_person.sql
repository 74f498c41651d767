INSERT INTO identity_person (id, sealed, id_number_blind, phone_blind, region, real_name_level)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (id) DO UPDATE SET sealed = $2, phone_blind = $4, region = $5, real_name_level = $6
