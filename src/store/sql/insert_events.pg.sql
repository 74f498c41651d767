-- Each database unfolds an array in its own words.
INSERT INTO store_event (aggregate, position, kind, body, happened_at)
SELECT stream.aggregate, stream.last_position - given.behind, given.kind, given.body, CAST($2 AS BIGINT)
FROM store_stream AS stream, json_to_recordset(CAST($3 AS JSON)) AS given (behind BIGINT, kind TEXT, body TEXT)
WHERE stream.aggregate = $1
