UPDATE identity_firm SET present = 0 WHERE present = 1
