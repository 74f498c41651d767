DELETE FROM exchange_call WHERE erased = 1 AND asked_at < $1
