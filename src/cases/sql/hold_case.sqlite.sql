-- A transaction that writes holds the whole database already: there is nothing to look for.
SELECT $1 WHERE 1 = 0
