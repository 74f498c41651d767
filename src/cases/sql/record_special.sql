UPDATE cases_special SET record = $3, conclusion = $4, letter = $5
WHERE case_id = $1 AND seq = $2 AND conclusion IS NULL
