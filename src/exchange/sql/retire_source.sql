UPDATE exchange_source SET current = 0 WHERE source = $1
