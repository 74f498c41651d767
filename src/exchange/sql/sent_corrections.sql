SELECT id FROM exchange_correction WHERE state = 'sent' ORDER BY id LIMIT 200
