UPDATE identity_session SET post = $2 WHERE token_hash = $1
