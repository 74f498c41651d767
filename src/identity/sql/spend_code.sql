DELETE FROM identity_code WHERE person = $1 AND code_blind = $2
