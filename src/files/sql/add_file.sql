INSERT INTO files_file
    (id, name_sealed, kind, size, pages, width, height, sha256, owner, attached_to, made_at, erase_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
