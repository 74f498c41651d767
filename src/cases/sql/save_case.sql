-- $2 is the version that was read: no row means that somebody was faster.
UPDATE cases_case SET
    state = $3, due = $4, due_provisional = $5, accept_from = $6, accept_by = $7,
    accept_by_provisional = $8, notices = $9, correction_from = $10, correction_by = $11,
    correction_by_provisional = $12, accepted_at = $13, accepted_on = $14, accepted_by = $15,
    promised = $16, promised_provisional = $17, statutory = $18, statutory_provisional = $19,
    review_role = $20, review_step = $21, decided_at = $22, decided_by = $23, closed_at = $24,
    licence = $25, licence_number = $26, trouble = $27, changed_at = $28, version = $29,
    received_at = $30, hall = $31, special_role = $32, clocks = $33,
    awaits_head = $34
WHERE id = $1 AND version = $2
