SELECT served_at, method, staff, letter, body FROM cases_service WHERE case_id = $1
