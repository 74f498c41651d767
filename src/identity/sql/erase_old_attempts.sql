DELETE FROM identity_attempt WHERE last_at <= $1
