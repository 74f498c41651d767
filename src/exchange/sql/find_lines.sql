SELECT l.batch, l.data_at, l.pulled_at, e.id, e.sealed
FROM exchange_list l LEFT JOIN exchange_list_line e ON e.resource = l.resource AND e.batch = l.batch AND e.blind = $2
WHERE l.resource = $1 AND l.pulled_at IS NOT NULL ORDER BY e.id LIMIT 20
