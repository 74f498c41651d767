UPDATE notify_sms SET state = $2, failure = $3, done_at = $4, sealed = NULL
WHERE id = $1 AND state IN ('waiting', 'sent')
