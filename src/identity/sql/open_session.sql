INSERT INTO identity_session (token_hash, kind, subject, post, started_at, last_seen_at, previous_sign_in_at)
VALUES ($1, $2, $3, $4, $5, $5, $6)
