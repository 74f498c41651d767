UPDATE exchange_correction SET failure = $2, changed_at = $3 WHERE id = $1 AND state IN ('open', 'sent')
