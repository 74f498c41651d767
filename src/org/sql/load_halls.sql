SELECT id, name, region, body, address, phone, hours, english, present FROM org_hall ORDER BY position, id
