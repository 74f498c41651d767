SELECT seq, at, kind, actor, who, letter, note FROM cases_event
WHERE case_id = $1
ORDER BY seq
