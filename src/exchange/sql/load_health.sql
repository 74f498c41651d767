SELECT source, failures_in_row, failing_since, last_ok, last_failure, failure FROM exchange_health
