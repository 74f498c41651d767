INSERT INTO exchange_list (resource, batch, line_count, failed_count, failure)
VALUES ($1, '', 0, 0, $2) ON CONFLICT (resource) DO UPDATE SET failure = $2
