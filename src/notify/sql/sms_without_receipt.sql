SELECT id FROM notify_sms WHERE state = 'sent' AND sent_at > $1 ORDER BY sent_at LIMIT 100
