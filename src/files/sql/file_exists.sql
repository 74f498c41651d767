SELECT 1 AS found FROM files_file WHERE id = $1
