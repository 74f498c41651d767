INSERT INTO supervision_case
    (case_id, revision, case_no, short_no, item, item_name, body, region, state, is_open, due, due_provisional, due_unit,
     statutory, received_on, answered_on, took_days, at_once, fields_saved, papers_saved, stuck, stuck_about,
     stuck_about_en, stuck_since)
VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
