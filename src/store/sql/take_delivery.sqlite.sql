-- SQLite has one writer: nobody else can be handling it.
DELETE FROM store_delivery WHERE aggregate = $1 AND consumer = $2 AND position = $3 AND due_at = $4
RETURNING position;
