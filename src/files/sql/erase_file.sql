DELETE FROM files_file WHERE id = $1 AND attached_to IS NULL AND erase_at <= $2
RETURNING id
