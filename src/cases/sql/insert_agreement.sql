-- The same text agreed to in the same moment is one agreement.
INSERT INTO cases_agreement (case_id, key, agreed_at, text_version, hash)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING
