SELECT (SELECT count(*) FROM notify_sms WHERE state = 'waiting') AS waiting,
       (SELECT count(*) FROM notify_sms WHERE state = 'waiting' AND tries > 0) AS failing,
       (SELECT min(made_at) FROM notify_sms WHERE state = 'waiting') AS waiting_since,
       (SELECT max(failure) FROM notify_sms WHERE state = 'waiting' AND tries > 0) AS failure,
       (SELECT count(*) FROM notify_sms WHERE made_at >= $1) AS sent_day,
       (SELECT count(*) FROM notify_sms WHERE made_at >= $1 AND state IN ('failed', 'given_up')) AS failed_day
