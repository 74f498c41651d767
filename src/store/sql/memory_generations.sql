SELECT name, generation FROM store_memory;
