-- Regions $1 to $2; $3 today, $4 the next working day.
SELECT body, item, sum(n) AS open,
       sum(CASE WHEN due <> '' AND due < $3 THEN n ELSE 0 END) AS overdue,
       sum(CASE WHEN due >= $3 AND due <= $4 THEN n ELSE 0 END) AS near_due,
       sum(CASE WHEN stuck = 1 THEN n ELSE 0 END) AS stuck
FROM supervision_open
WHERE region >= $1 AND region <= $2
GROUP BY body, item
