SELECT id, title, body, hall, roles, english, present FROM org_post ORDER BY id
