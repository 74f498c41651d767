INSERT INTO org_calendar_year (year, content, imported_at) VALUES ($1, $2, $3)
ON CONFLICT (year) DO UPDATE SET content = excluded.content, imported_at = excluded.imported_at
