UPDATE org_staff SET present = 0 WHERE present = 1
