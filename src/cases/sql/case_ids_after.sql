SELECT id FROM cases_case WHERE id > $1 ORDER BY id LIMIT 200
