-- Two answers at once: the second finds it answered.
UPDATE cases_confirmation SET shown = $3, state = $4, answered_at = $5, texts = $6, note = $7
WHERE draft_id = $1 AND id = $2 AND state = 'waiting'
