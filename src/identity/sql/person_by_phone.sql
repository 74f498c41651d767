SELECT id FROM identity_person WHERE phone_blind = $1
