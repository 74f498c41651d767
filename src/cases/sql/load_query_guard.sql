SELECT window_start, wrong FROM cases_query_guard
WHERE case_id = $1
