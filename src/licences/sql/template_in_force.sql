SELECT fingerprint, text FROM licences_template WHERE name = $1 ORDER BY imported_at DESC, fingerprint LIMIT 1
