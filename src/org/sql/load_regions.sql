SELECT code, name, level, parent, present FROM org_region ORDER BY code
