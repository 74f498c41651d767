DELETE FROM exchange_call WHERE case_no = '' AND erased = 1 AND asked_at < $1
