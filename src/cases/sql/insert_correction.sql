INSERT INTO cases_correction (case_id, notice, asked_at, gaps, letter)
VALUES ($1, $2, $3, $4, $5)
