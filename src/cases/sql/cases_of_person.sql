SELECT
    id, case_no, short_no, query_code, item, item_version, item_name, applicant, region, body,
    hall, channel, state, due, due_provisional, received_at, accept_from, accept_by,
    accept_by_provisional, notices, correction_from, correction_by, correction_by_provisional,
    accepted_at, accepted_on, accepted_by, promised, promised_provisional, statutory,
    statutory_provisional, review_role, review_step, decided_at, decided_by, closed_at, licence,
    licence_number, trouble,
    collection, special_role, clocks, changed_at, version,
    CASE WHEN EXISTS (
        SELECT 1 FROM cases_letter WHERE case_id = cases_case.id AND kind = 'revocation'
    ) THEN 1 ELSE 0 END AS revoked
FROM cases_case
WHERE applicant = $1
ORDER BY changed_at DESC, id DESC
LIMIT 200
