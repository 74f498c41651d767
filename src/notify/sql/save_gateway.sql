INSERT INTO notify_sms_setting (id, definition) VALUES ('gateway', $1)
ON CONFLICT (id) DO UPDATE SET definition = $1
