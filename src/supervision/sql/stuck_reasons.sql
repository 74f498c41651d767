-- Regions $1 to $2; the commonest first.
SELECT stuck, count(*) AS n
FROM supervision_case
WHERE stuck_since IS NOT NULL AND region >= $1 AND region <= $2
GROUP BY stuck
ORDER BY n DESC, stuck
