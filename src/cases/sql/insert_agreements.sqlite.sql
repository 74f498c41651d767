-- Each database unfolds an array in its own words. The same text agreed to in the same moment is one agreement.
INSERT INTO cases_agreement (case_id, key, agreed_at, text_version, hash)
SELECT $1, value ->> 'key', value ->> 'agreed_at', value ->> 'text_version', value ->> 'hash'
FROM json_each($2) WHERE true
ON CONFLICT DO NOTHING
