DELETE FROM supervision_open WHERE region = $1 AND body = $2 AND item = $3 AND due = $4 AND stuck = $5 AND n = 0
