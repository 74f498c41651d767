SELECT id, kind, title, number, state, body, file, ordered_at, made_at, read_at, trouble FROM cases_letter
WHERE case_id = $1 AND id = $2
