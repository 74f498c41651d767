SELECT (SELECT count(*) FROM store_delivery) AS deliveries,
       (SELECT count(*) FROM store_delivery WHERE last_error IS NOT NULL) AS failing_deliveries,
       (SELECT count(*) FROM store_job WHERE last_error IS NOT NULL) AS failing_jobs,
       (SELECT count(*) FROM store_job WHERE due_at <= $1) AS jobs_due,
       (SELECT count(*) FROM store_audit WHERE position IS NULL) AS unsealed_audit;
