SELECT kind, words FROM notify_template ORDER BY kind
