SELECT source, definition, current FROM exchange_source ORDER BY source
