-- Another process that handles the same delivery is not waited for: SKIP LOCKED, which SQLite does not know.
DELETE FROM store_delivery
WHERE (aggregate, consumer, position) IN (
    SELECT aggregate, consumer, position FROM store_delivery
    WHERE aggregate = $1 AND consumer = $2 AND position = $3 AND due_at = $4 FOR UPDATE SKIP LOCKED)
RETURNING position;
