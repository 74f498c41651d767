SELECT outcome, count(*) AS calls FROM exchange_call WHERE source = $1 AND asked_at >= $2 GROUP BY outcome
