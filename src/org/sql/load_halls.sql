SELECT id, name, region, body, address, phone, hours, present FROM org_hall ORDER BY position, id
