UPDATE org_body SET present = 0 WHERE present = 1
