SELECT COUNT(*) AS n FROM cases_draft
WHERE person_id = $1 AND channel = 'online'
