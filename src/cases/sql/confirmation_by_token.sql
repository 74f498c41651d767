SELECT draft_id, id, about, way, token_blind, code_blind, shown, asked_by, asked_at, until, wrong_codes, state, answered_at,
       texts, note
FROM cases_confirmation
WHERE token_blind = $1
