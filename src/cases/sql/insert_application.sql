INSERT INTO cases_application (case_id, round, at, body) VALUES ($1, $2, $3, $4)
