DELETE FROM cases_confirmation
WHERE draft_id = $1
