SELECT id, kind, title, number, state, file, ordered_at, made_at, read_at, trouble FROM cases_letter
WHERE case_id = $1
ORDER BY ordered_at, id
