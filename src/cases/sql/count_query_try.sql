-- $3: a window that began before this is over.
INSERT INTO cases_query_guard (case_id, window_start, wrong) VALUES ($1, $2, 1)
ON CONFLICT (case_id) DO UPDATE SET
    wrong = CASE WHEN cases_query_guard.window_start <= $3 THEN 1 ELSE cases_query_guard.wrong + 1 END,
    window_start = CASE WHEN cases_query_guard.window_start <= $3 THEN $2 ELSE cases_query_guard.window_start END
RETURNING window_start, wrong
