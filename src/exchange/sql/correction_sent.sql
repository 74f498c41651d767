UPDATE exchange_correction SET state = 'sent', ticket = $2, failure = '', changed_at = $3
WHERE id = $1 AND state = 'open'
