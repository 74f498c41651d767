-- A draft that was dropped meanwhile keeps nothing.
UPDATE exchange_call SET
    outcome = $3, reason = $4, answered_at = $5, data_at = $6, down_since = $7, record_count = $8, ms = $9,
    answer_sealed = $10
WHERE subject = $1 AND id = $2 AND erased = 0
