UPDATE licences_seal SET line = $2 WHERE body = $1 AND line <> $2
