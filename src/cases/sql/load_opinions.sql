SELECT seq, at, post, staff, verdict, body FROM cases_opinion
WHERE case_id = $1
ORDER BY seq
