DELETE FROM identity_code WHERE until <= $1
