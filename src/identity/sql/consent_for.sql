SELECT * FROM identity_consent
WHERE person = $1 AND subject = $2 AND withdrawn_at IS NULL AND used_up_at IS NULL
ORDER BY given_at DESC, id DESC LIMIT 1
