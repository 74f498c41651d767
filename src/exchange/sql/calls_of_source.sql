-- A draft's calls show the number of the case it became.
SELECT c.subject, c.id, c.turn, c.key, c.resource, c.source, c.item, c.item_name, c.person, c.asked_by, c.body, c.basis,
       c.consent, c.why, coalesce(k.case_no, c.case_no) AS case_no, c.asked_blind, c.asked_sealed, c.asked_at, c.limit_at,
       c.outcome, c.reason, c.answered_at, c.data_at, c.down_since, c.record_count, c.ms, c.cached, c.answer_sealed,
       c.erased, c.item_name_en, c.why_en
FROM exchange_call c LEFT JOIN exchange_kept k ON k.subject = c.subject
WHERE c.source = $1 AND (c.asked_at < $2 OR (c.asked_at = $2 AND c.id < $3))
ORDER BY c.asked_at DESC, c.id DESC LIMIT 51
