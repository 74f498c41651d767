SELECT max(sealed_at) AS at FROM store_audit_seal;
