SELECT aggregate, id, at, actor, verb, facts, content_hash
FROM store_audit WHERE position IS NULL ORDER BY id LIMIT 500;
