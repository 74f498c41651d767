UPDATE exchange_correction SET case_no = $2 WHERE subject = $1
