-- Newest first, after the cursor ($2, $3).
SELECT id, seen_at, actor, body, purpose_sealed, basis, basis_text, case_no, what, purpose_en_sealed, what_en
FROM identity_access
WHERE person = $1 AND (seen_at < $2 OR (seen_at = $2 AND id < $3))
ORDER BY seen_at DESC, id DESC
LIMIT 51
