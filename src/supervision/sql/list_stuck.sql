-- Longest first, behind the row ($3, $4); $5 and $6 keep one body or item, '' keeps all.
SELECT case_id, case_no, short_no, item, item_name, body, region, state, due, due_provisional, due_unit, statutory, stuck,
       stuck_about, stuck_about_en, stuck_since
FROM supervision_case
WHERE stuck_since IS NOT NULL AND (stuck_since, case_id) > ($3, $4) AND region >= $1 AND region <= $2
  AND ($5 = '' OR body = $5) AND ($6 = '' OR item = $6)
ORDER BY stuck_since, case_id
LIMIT $7
