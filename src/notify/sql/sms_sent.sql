-- A receipt may have been faster than our own row.
UPDATE notify_sms SET tries = tries + 1, failure = '', sent_at = $2, sealed = NULL,
    state = CASE WHEN state = 'waiting' THEN 'sent' ELSE state END
WHERE id = $1
