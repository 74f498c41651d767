UPDATE identity_consent SET used_up_at = $2 WHERE subject = $1 AND withdrawn_at IS NULL AND used_up_at IS NULL
