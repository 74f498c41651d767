INSERT INTO cases_decided (case_id, at_once, at, body) VALUES ($1, $2, $3, $4)
