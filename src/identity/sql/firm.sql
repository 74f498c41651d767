SELECT uscc, name, address, sealed FROM identity_firm WHERE uscc = $1 AND present = 1
