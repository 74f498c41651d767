-- Once more under lock: a file erased or taken meanwhile does not count.
UPDATE files_file SET attached_to = $2, erase_at = NULL
WHERE id = $1 AND (attached_to = $2 OR (attached_to IS NULL AND erase_at > $3))
