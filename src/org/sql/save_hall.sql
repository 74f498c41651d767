INSERT INTO org_hall (id, position, name, region, body, address, phone, hours, english, present)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)
ON CONFLICT (id) DO UPDATE SET position = excluded.position, name = excluded.name, region = excluded.region,
    body = excluded.body, address = excluded.address, phone = excluded.phone, hours = excluded.hours, english = excluded.english, present = 1
