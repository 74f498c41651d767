DELETE FROM store_job WHERE kind = $1 AND key = $2;
