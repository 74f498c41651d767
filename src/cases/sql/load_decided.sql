SELECT at_once, body FROM cases_decided WHERE case_id = $1
