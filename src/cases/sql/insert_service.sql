INSERT INTO cases_service (case_id, served_at, method, staff, letter, body) VALUES ($1, $2, $3, $4, $5, $6)
