UPDATE exchange_resource SET current = 0 WHERE code = $1
