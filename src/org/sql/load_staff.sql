SELECT id, name, posts, present FROM org_staff ORDER BY id
