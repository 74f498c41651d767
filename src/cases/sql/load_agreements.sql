SELECT key, agreed_at, text_version, hash FROM cases_agreement
WHERE case_id = $1
ORDER BY agreed_at, key
