SELECT subject, id, turn, key, resource, source, item, item_name, person, asked_by, body, basis, consent, why, case_no,
       asked_blind, asked_sealed, asked_at, limit_at, outcome, reason, answered_at, data_at, down_since, record_count, ms,
       cached, answer_sealed, erased, item_name_en, why_en
FROM exchange_call WHERE subject = $1 AND id = $2
