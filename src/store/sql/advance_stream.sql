-- Key $1: see Query::key.
INSERT INTO store_stream (aggregate, last_position) VALUES ($1, $2)
ON CONFLICT (aggregate) DO UPDATE SET last_position = store_stream.last_position + excluded.last_position;
