INSERT INTO org_body (id, position, name, short_name, letter_sign, kind, region, phone, complaint_phone, address,
    reconsideration_body, court, department, english, present)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)
ON CONFLICT (id) DO UPDATE SET position = excluded.position, name = excluded.name, short_name = excluded.short_name,
    letter_sign = excluded.letter_sign, kind = excluded.kind, region = excluded.region, phone = excluded.phone,
    complaint_phone = excluded.complaint_phone, address = excluded.address,
    reconsideration_body = excluded.reconsideration_body, court = excluded.court,
    department = excluded.department, english = excluded.english, present = 1
