SELECT notice, asked_at, gaps, letter, answered_at FROM cases_correction
WHERE case_id = $1
ORDER BY notice
