UPDATE cases_burden SET closed_on = $2, days = $3, outcome = $4 WHERE case_id = $1
