SELECT a.aggregate, a.id, a.at, a.actor, a.verb, a.facts, a.content_hash, a.position, a.link,
       s.link AS seal_link, s.sealed_at, s.signature
FROM store_audit a LEFT JOIN store_audit_seal s ON s.position = a.position
WHERE a.position > $1 ORDER BY a.position LIMIT 500;
