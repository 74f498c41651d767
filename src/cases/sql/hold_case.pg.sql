-- FOR UPDATE, which SQLite does not know: there a transaction that writes holds the whole database.
SELECT id FROM cases_case WHERE id = $1 OR case_no = $1 FOR UPDATE
