INSERT INTO supervision_span (scope, day, item, took_days, n) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (scope, day, item, took_days) DO UPDATE SET n = supervision_span.n + excluded.n
