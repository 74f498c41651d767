SELECT answer FROM store_answer WHERE actor = $1 AND verb = $2 AND key_hash = $3;
