SELECT seen_at FROM identity_access WHERE person = $1 AND id = $2
