INSERT INTO store_number (kind, scope, last_number) VALUES ($1, $2, 1)
ON CONFLICT (kind, scope) DO UPDATE SET last_number = store_number.last_number + 1
RETURNING last_number;
