INSERT INTO cases_outcome (case_id, kind, body) VALUES ($1, $2, $3)
