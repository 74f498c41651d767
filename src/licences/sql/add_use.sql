INSERT INTO licences_use (licence, id, used_at, what, actor, case_no, purpose, purpose_en)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
