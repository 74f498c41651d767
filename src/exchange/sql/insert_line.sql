INSERT INTO exchange_list_line (resource, batch, blind, id, sealed) VALUES ($1, $2, $3, $4, $5)
