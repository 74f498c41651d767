SELECT person_id, name, id_number, phone FROM cases_party
WHERE case_id = $1 AND role = $2
