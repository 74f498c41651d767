INSERT INTO cases_special (case_id, seq, step, planned_on, plan, notice) VALUES ($1, $2, $3, $4, $5, $6)
