INSERT INTO identity_firm (uscc, name, address, sealed, present) VALUES ($1, $2, $3, $4, 1)
ON CONFLICT (uscc) DO UPDATE SET name = $2, address = $3, sealed = $4, present = 1
