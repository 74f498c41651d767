-- The last answer to the same question, for whomever it was asked.
SELECT subject, id, turn, key, resource, source, item, item_name, person, asked_by, body, basis, consent, why, case_no,
       asked_blind, asked_sealed, asked_at, limit_at, outcome, reason, answered_at, data_at, down_since, record_count, ms,
       cached, answer_sealed, erased, item_name_en, why_en
FROM exchange_call
WHERE asked_blind = $1 AND answered_at >= $2 AND cached = 0 AND erased = 0 AND outcome IN ('found', 'none', 'several')
ORDER BY answered_at DESC LIMIT 1
