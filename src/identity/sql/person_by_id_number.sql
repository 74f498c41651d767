SELECT id FROM identity_person WHERE id_number_blind = $1
