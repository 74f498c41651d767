SELECT seq, step, planned_on, plan, notice, record, conclusion, letter
FROM cases_special WHERE case_id = $1 ORDER BY seq
