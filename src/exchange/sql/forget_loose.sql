DELETE FROM exchange_loose WHERE asked_at < $1
