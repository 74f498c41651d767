SELECT body, line, certificate, issuer, key_sealed, valid_until FROM licences_seal WHERE body = $1
