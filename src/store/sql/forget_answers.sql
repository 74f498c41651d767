DELETE FROM store_answer WHERE kept_at < $1;
