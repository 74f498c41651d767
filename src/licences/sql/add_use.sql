INSERT INTO licences_use (licence, id, used_at, what, actor) VALUES ($1, $2, $3, $4, $5)
