-- Those whose stuckness depends on who holds which post; the next portion behind $1.
SELECT case_id FROM supervision_case WHERE case_id > $1 AND is_open = 1 AND state = 'accepted' ORDER BY case_id LIMIT 200
