UPDATE cases_letter SET state = 'failed', trouble = $3
WHERE case_id = $1 AND id = $2 AND state <> 'ready'
