UPDATE cases_correction SET answered_at = $3
WHERE case_id = $1 AND notice = $2 AND answered_at IS NULL
