UPDATE files_file SET attached_to = NULL, erase_at = $2 WHERE attached_to = $1
