SELECT name, content FROM catalog_list ORDER BY name
