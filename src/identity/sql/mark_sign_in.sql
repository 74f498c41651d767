UPDATE identity_credential SET last_sign_in_at = $2 WHERE subject = $1
