-- Regions $1 to $2; the commonest first. The reasons are named so that each is looked up in the index (model.h has them).
SELECT stuck, count(*) AS n
FROM supervision_case
WHERE stuck_since IS NOT NULL AND region >= $1 AND region <= $2
  AND stuck IN ('source_down', 'licence_trouble', 'letter_failed', 'past_step', 'no_reviewer')
GROUP BY stuck
ORDER BY n DESC, stuck
