INSERT INTO exchange_source (source, definition, current) VALUES ($1, $2, 1)
ON CONFLICT (source) DO UPDATE SET definition = $2, current = 1
