-- Key $1: the stream was advanced for all that is told; $2 are behind this one.
INSERT INTO store_event (aggregate, position, kind, body, happened_at)
VALUES ($1, (SELECT last_position FROM store_stream WHERE aggregate = $1) - $2, $3, $4, $5);
