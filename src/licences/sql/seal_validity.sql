SELECT body AS holder, valid_until FROM licences_seal
UNION ALL
SELECT '' AS holder, max(valid_until) AS valid_until FROM licences_authority HAVING count(*) > 0
ORDER BY holder
