UPDATE identity_consent SET withdrawn_at = $3
WHERE person = $1 AND id = $2 AND withdrawn_at IS NULL AND used_up_at IS NULL
