UPDATE licences_held SET present = 0 WHERE present = 1
