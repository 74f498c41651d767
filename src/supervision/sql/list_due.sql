-- Due from $3 to $4, behind the row ($5, $6); $7 and $8 keep one body or item, '' keeps all.
SELECT case_id, case_no, short_no, item, item_name, body, region, state, due, due_provisional, due_unit, statutory, stuck,
       stuck_about, stuck_about_en, stuck_since
FROM supervision_case
WHERE due IS NOT NULL AND due >= $3 AND due <= $4 AND (due, case_id) > ($5, $6) AND region >= $1 AND region <= $2
  AND ($7 = '' OR body = $7) AND ($8 = '' OR item = $8)
ORDER BY due, case_id
LIMIT $9
