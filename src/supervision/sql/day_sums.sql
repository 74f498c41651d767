SELECT day, sum(received) AS received, sum(answered) AS answered
FROM supervision_item_day
WHERE scope = $1 AND day >= $2 AND day <= $3
GROUP BY day
