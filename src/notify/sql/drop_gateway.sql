DELETE FROM notify_sms_setting WHERE id = 'gateway'
