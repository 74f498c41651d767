UPDATE org_hall SET present = 0 WHERE present = 1
