-- Each database unfolds an array in its own words. The same text agreed to in the same moment is one agreement.
INSERT INTO cases_agreement (case_id, key, agreed_at, text_version, hash)
SELECT CAST($1 AS TEXT), key, agreed_at, text_version, hash
FROM json_to_recordset(CAST($2 AS JSON)) AS given (key TEXT, agreed_at BIGINT, text_version TEXT, hash TEXT)
ON CONFLICT DO NOTHING
