-- The heads: a delivery waits while an earlier one of the same consumer and aggregate is still there.
SELECT d.aggregate, d.consumer, d.position, d.due_at, d.attempts, e.kind, e.body, e.happened_at
FROM store_delivery d
JOIN store_event e ON e.aggregate = d.aggregate AND e.position = d.position
WHERE d.lane = $1 AND d.due_at <= $2
  AND NOT EXISTS (SELECT 1 FROM store_delivery p
                  WHERE p.aggregate = d.aggregate AND p.consumer = d.consumer AND p.position < d.position)
ORDER BY d.due_at, e.happened_at
LIMIT 64;
