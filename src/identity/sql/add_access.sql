INSERT INTO identity_access (person, id, seen_at, actor, body, purpose_sealed, basis, basis_text, case_no, what,
                             purpose_en_sealed, what_en)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
ON CONFLICT (person, id) DO NOTHING
