INSERT INTO cases_letter (case_id, id, kind, title, number, state, body, ordered_at)
VALUES ($1, $2, $3, $4, $5, 'being_made', $6, $7)
