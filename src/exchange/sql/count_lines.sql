SELECT count(*) AS line_count FROM exchange_list_line WHERE resource = $1 AND batch = $2
