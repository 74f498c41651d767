-- Each database unfolds an array in its own words.
INSERT INTO store_event (aggregate, position, kind, body, happened_at)
SELECT stream.aggregate, stream.last_position - (given.value ->> 'behind'), given.value ->> 'kind', given.value ->> 'body', $2
FROM store_stream AS stream, json_each($3) AS given
WHERE stream.aggregate = $1
