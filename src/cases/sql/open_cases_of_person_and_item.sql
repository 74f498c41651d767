SELECT case_no FROM cases_case
WHERE applicant = $1 AND item = $2 AND closed_at IS NULL
ORDER BY changed_at DESC
LIMIT 5
