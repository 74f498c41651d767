INSERT INTO org_post (id, title, body, hall, roles, english, present) VALUES ($1, $2, $3, $4, $5, $6, 1)
ON CONFLICT (id) DO UPDATE SET title = excluded.title, body = excluded.body, hall = excluded.hall,
    roles = excluded.roles, english = excluded.english, present = 1
