INSERT INTO process_task (subject, round, step, role, name, body, state, opened_at)
VALUES ($1, $2, $3, $4, $5, $6, 'open', $7)
