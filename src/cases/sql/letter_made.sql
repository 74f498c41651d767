UPDATE cases_letter SET state = 'ready', file = $3, made_at = $4, trouble = NULL
WHERE case_id = $1 AND id = $2 AND state <> 'ready'
