-- What the history and the letters add to the row, for those who watch over cases.
SELECT (SELECT count(*) FROM cases_event WHERE case_id = $1 AND kind = 'decided_at_once') AS decided_at_once,
       (SELECT count(*) FROM cases_event WHERE case_id = $1 AND kind IN ('received', 'papers_received')) AS received,
       (SELECT min(ordered_at) FROM cases_letter WHERE case_id = $1 AND state = 'failed') AS letter_failed_since
