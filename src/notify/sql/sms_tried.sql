UPDATE notify_sms SET tries = tries + 1, failure = $2 WHERE id = $1 AND state = 'waiting'
