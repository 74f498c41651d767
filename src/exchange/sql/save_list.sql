INSERT INTO exchange_list (resource, batch, line_count, failed_count, data_at, pulled_at, failure)
VALUES ($1, $2, $3, $4, $5, $6, '')
ON CONFLICT (resource) DO UPDATE SET batch = $2, line_count = $3, failed_count = $4, data_at = $5, pulled_at = $6,
    failure = ''
