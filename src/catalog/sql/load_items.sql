SELECT i.code, i.version, i.present, i.card, v.hash
FROM catalog_item i JOIN catalog_version v ON v.code = i.code AND v.version = i.version
ORDER BY i.code
