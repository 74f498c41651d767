SELECT id FROM files_file WHERE erase_at <= $1 AND attached_to IS NULL ORDER BY id LIMIT 500
