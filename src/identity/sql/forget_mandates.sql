UPDATE identity_mandate SET present = 0 WHERE present = 1
