SELECT name, city, host_body, address, hotline, demonstration, fingerprint, english FROM org_site WHERE id = 'site'
