SELECT COUNT(*) AS n FROM cases_case
WHERE body = $1 AND awaits_head = 1 AND ($2 = '' OR item = $2)
