SELECT id, text, added_at FROM @name@_entry ORDER BY id
