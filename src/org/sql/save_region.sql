INSERT INTO org_region (code, name, level, parent, present) VALUES ($1, $2, $3, $4, 1)
ON CONFLICT (code) DO UPDATE SET name = excluded.name, level = excluded.level, parent = excluded.parent, present = 1
