UPDATE org_region SET present = 0 WHERE present = 1
