UPDATE cases_confirmation SET wrong_codes = wrong_codes + 1
WHERE draft_id = $1 AND id = $2
RETURNING wrong_codes
