INSERT INTO store_answer (actor, verb, key_hash, answer, kept_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (actor, verb, key_hash) DO NOTHING;
