SELECT person FROM identity_code WHERE code_blind = $1 AND until > $2
