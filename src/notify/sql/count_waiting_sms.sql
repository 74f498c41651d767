SELECT count(*) AS waiting, count(CASE WHEN tries > 0 THEN 1 END) AS failing FROM notify_sms WHERE state = 'waiting'
