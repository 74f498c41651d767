UPDATE notify_message SET read_at = CASE WHEN read_at IS NULL THEN $3 ELSE read_at END
WHERE person = $1 AND id = $2
