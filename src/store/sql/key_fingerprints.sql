SELECT fingerprint FROM store_key;
