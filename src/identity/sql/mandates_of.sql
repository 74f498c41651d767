SELECT m.uscc, m.role, m.valid_from, m.valid_until, f.name, f.address, f.sealed
FROM identity_mandate m
JOIN identity_firm f ON f.uscc = m.uscc AND f.present = 1
WHERE m.holder_blind = $1 AND m.present = 1
ORDER BY f.name, m.uscc, m.role DESC
