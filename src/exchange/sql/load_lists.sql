SELECT resource, batch, line_count, failed_count, data_at, pulled_at, failure FROM exchange_list
ORDER BY resource
