SELECT * FROM identity_consent WHERE person = $1 ORDER BY given_at DESC, id DESC LIMIT 200
