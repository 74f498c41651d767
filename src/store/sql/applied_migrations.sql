SELECT module, name, text_hash FROM store_migration ORDER BY module, name;
