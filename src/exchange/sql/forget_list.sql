DELETE FROM exchange_list WHERE resource = $1
