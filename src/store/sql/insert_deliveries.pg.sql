-- Each database unfolds an array in its own words.
INSERT INTO store_delivery (aggregate, consumer, position, lane, due_at, attempts)
SELECT stream.aggregate, given.consumer, stream.last_position - given.behind, given.lane, CAST($2 AS BIGINT), 0
FROM store_stream AS stream, json_to_recordset(CAST($3 AS JSON)) AS given (behind BIGINT, consumer TEXT, lane BIGINT)
WHERE stream.aggregate = $1
