SELECT id, title, body, hall, roles, present FROM org_post ORDER BY id
