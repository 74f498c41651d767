-- Each database unfolds an array in its own words.
INSERT INTO store_delivery (aggregate, consumer, position, lane, due_at, attempts)
SELECT stream.aggregate, given.value ->> 'consumer', stream.last_position - (given.value ->> 'behind'), given.value ->> 'lane', $2, 0
FROM store_stream AS stream, json_each($3) AS given
WHERE stream.aggregate = $1
