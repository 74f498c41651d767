SELECT body, sum(received) AS received, sum(answered) AS answered
FROM supervision_body_day
WHERE day = $1 AND region >= $2 AND region <= $3
GROUP BY body
