DELETE FROM identity_attempt WHERE account = $1
