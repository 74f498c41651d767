INSERT INTO cases_party (
    case_id, role, person_id, name, id_number, phone, name_blind, id_number_blind, phone_blind
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
