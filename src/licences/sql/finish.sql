UPDATE licences_licence
SET state = 'valid', holder_sealed = $2, issued_at = $3, template = $4, file = $5, file_sha256 = $6
WHERE id = $1 AND state = 'reserved'
