-- $2: the role that reviews, $6: the role whose special steps lie there too.
SELECT COUNT(*) AS n FROM cases_case
WHERE body = $1 AND state = 'accepted' AND (review_role = $2 OR special_role = $6) AND due >= $3 AND due <= $4
    AND ($5 = '' OR item = $5)
