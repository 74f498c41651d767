SELECT content, published_on FROM catalog_version WHERE code = $1 AND version = $2
