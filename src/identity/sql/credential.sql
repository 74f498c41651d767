SELECT password_hash, password_mark, last_sign_in_at FROM identity_credential WHERE subject = $1
