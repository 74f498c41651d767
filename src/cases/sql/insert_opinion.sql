INSERT INTO cases_opinion (case_id, seq, at, post, staff, verdict, body)
VALUES ($1, $2, $3, $4, $5, $6, $7)
