-- Each database unfolds an array in its own words.
UPDATE store_audit SET position = given.position, link = given.link
FROM json_to_recordset(CAST($1 AS JSON)) AS given (aggregate TEXT, id TEXT, position BIGINT, link TEXT)
WHERE store_audit.aggregate = given.aggregate AND store_audit.id = given.id AND store_audit.position IS NULL
