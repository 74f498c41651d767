INSERT INTO exchange_call (
    subject, id, turn, key, resource, source, item, item_name, person, asked_by, body, basis, consent, why, case_no,
    asked_blind, asked_sealed, asked_at, limit_at, outcome, reason, answered_at, data_at, down_since, record_count,
    cached, answer_sealed, item_name_en, why_en, erased)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
        $25, $26, $27, $28, $29, 0)
