INSERT INTO exchange_resource (code, definition, current) VALUES ($1, $2, 1)
ON CONFLICT (code) DO UPDATE SET definition = $2, current = 1
