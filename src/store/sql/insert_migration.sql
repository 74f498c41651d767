INSERT INTO store_migration (module, name, text_hash, applied_at) VALUES ($1, $2, $3, $4);
