INSERT INTO cases_confirmation (draft_id, id, about, way, token_blind, code_blind, shown, asked_by, asked_at, until,
                                wrong_codes, state, answered_at, texts, note)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 'waiting', NULL, $11, $12)
