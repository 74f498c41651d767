SELECT COUNT(*) AS n FROM cases_confirmation
WHERE draft_id = $1 AND way = 'code'
