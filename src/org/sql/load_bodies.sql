SELECT id, name, short_name, letter_sign, kind, region, phone, complaint_phone, address, reconsideration_body, court,
    department, english, present
FROM org_body ORDER BY position, id
