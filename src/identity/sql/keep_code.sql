INSERT INTO identity_code (person, code_blind, until) VALUES ($1, $2, $3)
ON CONFLICT (person) DO UPDATE SET code_blind = $2, until = $3
