SELECT query_code FROM cases_case
WHERE id = $1
