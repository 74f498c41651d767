SELECT item, took_days, sum(n) AS n
FROM supervision_span
WHERE scope = $1 AND day >= $2 AND day <= $3
GROUP BY item, took_days
ORDER BY item, took_days
