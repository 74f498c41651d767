SELECT id, sealed, region, real_name_level FROM identity_person WHERE id = $1
