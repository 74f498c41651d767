SELECT round, at, body FROM cases_application
WHERE case_id = $1
ORDER BY round
