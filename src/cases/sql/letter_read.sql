UPDATE cases_letter SET read_at = $3
WHERE case_id = $1 AND id = $2 AND read_at IS NULL
