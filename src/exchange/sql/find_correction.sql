SELECT id FROM exchange_correction WHERE call = $1 AND field = $2
