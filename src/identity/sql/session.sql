SELECT s.token_hash, s.kind, s.subject, s.post, s.started_at, s.last_seen_at, s.previous_sign_in_at,
       p.real_name_level
FROM identity_session s
LEFT JOIN identity_person p ON s.kind = 'resident' AND p.id = s.subject
WHERE s.token_hash = $1
