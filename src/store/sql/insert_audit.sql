INSERT INTO store_audit (aggregate, id, at, actor, verb, facts, content_hash)
VALUES ($1, $2, $3, $4, $5, $6, $7);
