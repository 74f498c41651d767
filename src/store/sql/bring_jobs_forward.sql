-- Only those that failed before: the others were planned for their moment.
UPDATE store_job SET due_at = $1 WHERE due_at > $2 AND attempts > 0;
