-- Key $1: as the event, whose position it shares.
INSERT INTO store_delivery (aggregate, consumer, position, lane, due_at, attempts)
VALUES ($1, $3, (SELECT last_position FROM store_stream WHERE aggregate = $1) - $2, $4, $5, 0);
