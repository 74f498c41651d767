SELECT id, name_sealed, kind, size, pages, width, height, sha256, owner, attached_to, erase_at
FROM files_file WHERE attached_to IS NOT NULL
ORDER BY id DESC LIMIT 5
