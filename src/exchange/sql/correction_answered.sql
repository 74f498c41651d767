UPDATE exchange_correction SET state = $2, answer_sealed = $3, failure = '', changed_at = $4
WHERE id = $1 AND state = 'sent'
