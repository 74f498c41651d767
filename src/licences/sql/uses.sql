SELECT used_at, what, case_no, purpose, purpose_en FROM licences_use WHERE licence = $1 ORDER BY id DESC LIMIT 100
