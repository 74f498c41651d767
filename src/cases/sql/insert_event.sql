INSERT INTO cases_event (case_id, seq, at, kind, actor, who, letter, note)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
