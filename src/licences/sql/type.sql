SELECT body FROM licences_type WHERE key = $1
