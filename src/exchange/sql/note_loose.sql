INSERT INTO exchange_loose (asked_at, subject) VALUES ($1, $2) ON CONFLICT (asked_at, subject) DO NOTHING
