SELECT count(*) AS unread FROM notify_message WHERE person = $1 AND read_at IS NULL
