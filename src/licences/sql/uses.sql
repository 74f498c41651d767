SELECT used_at, what, case_no, purpose FROM licences_use WHERE licence = $1 ORDER BY id DESC LIMIT 100
