SELECT name, city, host_body, address, hotline, demonstration, fingerprint FROM org_site WHERE id = 'site'
