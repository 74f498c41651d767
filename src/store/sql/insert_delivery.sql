INSERT INTO store_delivery (aggregate, consumer, position, lane, due_at, attempts)
SELECT aggregate, CAST($2 AS TEXT), last_position - CAST($5 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS BIGINT), 0
FROM store_stream WHERE aggregate = $1;
