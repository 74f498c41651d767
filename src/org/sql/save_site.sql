INSERT INTO org_site (id, name, city, host_body, address, hotline, demonstration, fingerprint, imported_at, english)
VALUES ('site', $1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, city = excluded.city, host_body = excluded.host_body,
    address = excluded.address, hotline = excluded.hotline, demonstration = excluded.demonstration,
    fingerprint = excluded.fingerprint, imported_at = excluded.imported_at, english = excluded.english
