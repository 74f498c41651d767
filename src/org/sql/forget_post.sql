UPDATE org_post SET present = 0 WHERE present = 1
