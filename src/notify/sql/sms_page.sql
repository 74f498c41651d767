SELECT id, person, kind, sealed, state, failure, tries, made_at, until_at, done_at FROM notify_sms
WHERE id < $1 ORDER BY id DESC LIMIT 51
