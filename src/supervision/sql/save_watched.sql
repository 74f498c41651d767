-- $2 is the revision that was read: no row means that somebody counted the case meanwhile.
UPDATE supervision_case SET
    revision = revision + 1, item = $3, item_name = $4, body = $5, region = $6, state = $7, is_open = $8, due = $9,
    due_provisional = $10, due_unit = $11, statutory = $12, received_on = $13, answered_on = $14, took_days = $15,
    at_once = $16, fields_saved = $17, papers_saved = $18, stuck = $19, stuck_about = $20,
    stuck_about_en = $21, stuck_since = $22
WHERE case_id = $1 AND revision = $2
