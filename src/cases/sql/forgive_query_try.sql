UPDATE cases_query_guard SET wrong = wrong - 1
WHERE case_id = $1
