INSERT INTO store_key (fingerprint, noted_at) VALUES ($1, $2);
