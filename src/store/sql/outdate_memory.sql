INSERT INTO store_memory (name, generation) VALUES ($1, 1)
ON CONFLICT (name) DO UPDATE SET generation = store_memory.generation + 1;
