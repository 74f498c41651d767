INSERT INTO store_event (aggregate, position, kind, body, happened_at)
SELECT aggregate, last_position - CAST($5 AS BIGINT), CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS BIGINT)
FROM store_stream WHERE aggregate = $1;
