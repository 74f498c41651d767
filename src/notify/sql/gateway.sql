SELECT definition FROM notify_sms_setting WHERE id = 'gateway'
