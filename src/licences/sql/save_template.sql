INSERT INTO licences_template (name, fingerprint, text, imported_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (name, fingerprint) DO UPDATE SET imported_at = $4
