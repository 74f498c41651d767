SELECT code, definition, current FROM exchange_resource ORDER BY code
