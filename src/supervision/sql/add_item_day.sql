INSERT INTO supervision_item_day (scope, day, item, received, answered, at_once, fields_saved, papers_saved)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (scope, day, item) DO UPDATE SET
    received = supervision_item_day.received + excluded.received,
    answered = supervision_item_day.answered + excluded.answered,
    at_once = supervision_item_day.at_once + excluded.at_once,
    fields_saved = supervision_item_day.fields_saved + excluded.fields_saved,
    papers_saved = supervision_item_day.papers_saved + excluded.papers_saved
