SELECT subject, round, step, role, name, body, state, done_by, opened_at, done_at
FROM process_task WHERE subject = $1 ORDER BY round
