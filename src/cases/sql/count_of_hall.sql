SELECT COUNT(*) AS n FROM cases_case
WHERE hall = $1 AND state = $2 AND due >= $3 AND due <= $4 AND ($5 = '' OR item = $5)
