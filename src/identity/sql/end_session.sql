DELETE FROM identity_session WHERE token_hash = $1
