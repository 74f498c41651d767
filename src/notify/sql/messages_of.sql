SELECT id, kind, link, sealed, sent_at, read_at FROM notify_message
WHERE person = $1 ORDER BY id DESC LIMIT 100
