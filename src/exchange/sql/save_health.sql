INSERT INTO exchange_health (source, failures_in_row, failing_since, last_ok, last_failure, failure)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (source) DO UPDATE SET failures_in_row = $2, failing_since = $3, last_ok = $4, last_failure = $5, failure = $6
