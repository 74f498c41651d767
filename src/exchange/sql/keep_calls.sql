INSERT INTO exchange_kept (subject, case_no) VALUES ($1, $2)
