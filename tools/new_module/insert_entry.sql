INSERT INTO @name@_entry (id, text, added_at) VALUES ($1, $2, $3)
