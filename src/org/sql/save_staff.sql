INSERT INTO org_staff (id, name, posts, present) VALUES ($1, $2, $3, 1)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, posts = excluded.posts, present = 1
