INSERT INTO identity_mandate (holder_blind, uscc, role, valid_from, valid_until, present)
VALUES ($1, $2, $3, $4, $5, 1)
ON CONFLICT (holder_blind, uscc, role) DO UPDATE SET valid_from = $4, valid_until = $5, present = 1
