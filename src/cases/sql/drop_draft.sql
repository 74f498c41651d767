DELETE FROM cases_draft
WHERE id = $1 AND version = $2
