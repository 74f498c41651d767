INSERT INTO cases_query_guard (case_id, window_start, wrong) VALUES ($1, $2, $3)
ON CONFLICT (case_id) DO UPDATE SET window_start = excluded.window_start, wrong = excluded.wrong
