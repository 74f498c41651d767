SELECT
    id, case_no, short_no, query_code, item, item_version, item_name, applicant, region, body,
    hall, channel, state, due, due_provisional, received_at, accept_from, accept_by,
    accept_by_provisional, notices, correction_from, correction_by, correction_by_provisional,
    accepted_at, accepted_on, accepted_by, promised, promised_provisional, statutory,
    statutory_provisional, review_role, review_step, decided_at, decided_by, closed_at, licence,
    licence_number, trouble,
    collection, special_role, clocks, changed_at, version
FROM cases_case
WHERE due_provisional = 1 AND id > $1
ORDER BY id
LIMIT 200
