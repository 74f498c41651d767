SELECT CASE WHEN 'B' < 'a' AND 'a b' < 'ab' THEN 1 ELSE 0 END AS by_bytes;
