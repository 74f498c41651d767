DELETE FROM exchange_list_line WHERE resource = $1 AND batch = $2 AND blind = $3
