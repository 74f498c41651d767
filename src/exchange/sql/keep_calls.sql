UPDATE exchange_call SET case_no = $2 WHERE subject = $1
