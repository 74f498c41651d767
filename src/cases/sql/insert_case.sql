-- Fails on the primary key when the draft was submitted before: the caller then gives the first receipt.
INSERT INTO cases_case (
    id, case_no, short_no, query_code, item, item_version, item_name, applicant, region, body,
    hall, channel, state, due, due_provisional, received_at, accept_from, accept_by,
    accept_by_provisional, notices, correction_from, correction_by, correction_by_provisional,
    accepted_at, accepted_on, accepted_by, promised, promised_provisional, statutory,
    statutory_provisional, review_role, review_step, decided_at, decided_by, closed_at, licence,
    licence_number, trouble, changed_at, version, collection, special_role, clocks
) VALUES (
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
    $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41,
    $42, $43
)
