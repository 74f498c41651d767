SELECT code, name, level, parent, english, present FROM org_region ORDER BY code
