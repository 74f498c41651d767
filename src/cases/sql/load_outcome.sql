SELECT kind, body FROM cases_outcome
WHERE case_id = $1
