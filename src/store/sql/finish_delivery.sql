DELETE FROM store_delivery WHERE aggregate = $1 AND consumer = $2 AND position = $3;
