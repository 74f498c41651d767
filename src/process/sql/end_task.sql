UPDATE process_task SET state = $3, done_by = $4, done_at = $5
WHERE subject = $1 AND round = $2 AND state = 'open'
