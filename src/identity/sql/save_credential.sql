INSERT INTO identity_credential (subject, password_hash, password_mark) VALUES ($1, $2, $3)
ON CONFLICT (subject) DO UPDATE SET password_hash = $2, password_mark = $3
