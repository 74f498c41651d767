-- Of one draft, about consent or application: a newer one replaces the older.
SELECT draft_id, id, about, way, token_blind, code_blind, shown, asked_by, asked_at, until, wrong_codes, state, answered_at,
       texts, note
FROM cases_confirmation
WHERE draft_id = $1 AND about = $2
ORDER BY id DESC
LIMIT 1
