INSERT INTO catalog_version (code, version, hash, content, published_on) VALUES ($1, $2, $3, $4, $5)
