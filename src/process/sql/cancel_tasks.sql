UPDATE process_task SET state = 'cancelled', done_at = $2 WHERE subject = $1 AND state = 'open'
