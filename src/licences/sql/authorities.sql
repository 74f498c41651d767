SELECT id, certificate, key_sealed, valid_until FROM licences_authority ORDER BY id DESC
