DELETE FROM identity_session WHERE last_seen_at <= $1 OR started_at <= $2
