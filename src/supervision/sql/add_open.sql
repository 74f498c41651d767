INSERT INTO supervision_open (region, body, item, due, stuck, n) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (region, body, item, due, stuck) DO UPDATE SET n = supervision_open.n + excluded.n
