INSERT INTO store_audit_seal (position, link, sealed_at, signature) VALUES ($1, $2, $3, $4);
