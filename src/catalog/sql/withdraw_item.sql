UPDATE catalog_item SET present = 0 WHERE code = $1
