UPDATE store_delivery SET due_at = $1 WHERE due_at > $2;
