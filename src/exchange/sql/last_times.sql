SELECT ms FROM exchange_call WHERE source = $1 AND asked_at >= $2 AND ms IS NOT NULL
ORDER BY asked_at DESC LIMIT 200
