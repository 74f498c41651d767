-- SQLite has one writer: nobody else can be running it.
DELETE FROM store_job WHERE kind = $1 AND key = $2 AND due_at = $3 RETURNING key;
