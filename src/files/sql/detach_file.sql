UPDATE files_file SET attached_to = NULL, erase_at = $3 WHERE id = $1 AND attached_to = $2
