INSERT INTO licences_type (key, body) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET body = $2
