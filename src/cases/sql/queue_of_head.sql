-- 待批延期: cases of the own body whose reviewer asked the head for more time.
SELECT
    c.id, c.case_no, c.short_no, c.query_code, c.item, c.item_version, c.item_name, c.applicant,
    c.region, c.body, c.hall, c.channel, c.state, c.due, c.due_provisional, c.received_at,
    c.accept_from, c.accept_by, c.accept_by_provisional, c.notices, c.correction_from,
    c.correction_by, c.correction_by_provisional, c.accepted_at, c.accepted_on, c.accepted_by,
    c.promised, c.promised_provisional, c.statutory, c.statutory_provisional, c.review_role,
    c.review_step, c.decided_at, c.decided_by, c.closed_at, c.licence, c.licence_number, c.trouble,
    c.collection, c.special_role, c.clocks,
    c.changed_at, c.version,
    p.name AS applicant_name
FROM cases_case c
JOIN cases_party p ON p.case_id = c.id AND p.role = 'applicant'
WHERE c.body = $1 AND c.awaits_head = 1
    AND ($2 = '' OR c.item = $2)
    AND (c.due > $3 OR (c.due = $3 AND c.id > $4))
ORDER BY c.due, c.id
LIMIT 51
