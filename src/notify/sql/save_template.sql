INSERT INTO notify_template (kind, words) VALUES ($1, $2)
ON CONFLICT (kind) DO UPDATE SET words = $2
