SELECT item, sum(answered) AS answered, sum(at_once) AS at_once, sum(fields_saved) AS fields_saved,
       sum(papers_saved) AS papers_saved
FROM supervision_item_day
WHERE scope = $1 AND day >= $2 AND day <= $3
GROUP BY item
