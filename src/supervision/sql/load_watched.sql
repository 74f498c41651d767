SELECT case_id, revision, case_no, short_no, item, item_name, body, region, state, is_open, due, due_provisional, due_unit,
       statutory, received_on, answered_on, took_days, at_once, fields_saved, papers_saved, stuck, stuck_about,
       stuck_about_en, stuck_since
FROM supervision_case WHERE case_id = $1
