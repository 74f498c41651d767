-- Each database unfolds an array in its own words. The plus keeps SQLite from looking among all unsealed rows for each of these.
UPDATE store_audit SET position = given.value ->> 'position', link = given.value ->> 'link'
FROM json_each($1) AS given
WHERE store_audit.aggregate = given.value ->> 'aggregate' AND store_audit.id = given.value ->> 'id'
    AND +store_audit.position IS NULL
