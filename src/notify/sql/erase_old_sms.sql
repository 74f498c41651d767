DELETE FROM notify_sms WHERE made_at < $1
