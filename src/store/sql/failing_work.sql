SELECT d.consumer AS who, d.last_error AS code, count(*) AS n, min(e.happened_at) AS since
FROM store_delivery d
JOIN store_event e ON e.aggregate = d.aggregate AND e.position = d.position
WHERE d.last_error IS NOT NULL
GROUP BY d.consumer, d.last_error
UNION ALL
SELECT kind AS who, last_error AS code, count(*) AS n, min(planned_at) AS since
FROM store_job
WHERE last_error IS NOT NULL
GROUP BY kind, last_error
ORDER BY who, code;
