SELECT * FROM identity_consent WHERE person = $1 AND id = $2
