INSERT INTO org_region (code, name, level, parent, english, present) VALUES ($1, $2, $3, $4, $5, 1)
ON CONFLICT (code) DO UPDATE SET name = excluded.name, level = excluded.level, parent = excluded.parent, english = excluded.english, present = 1
