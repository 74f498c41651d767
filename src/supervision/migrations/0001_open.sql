-- Projections of cases, fed by events and rebuilt from the history. One row a case tells what it adds to the sums;
-- `revision` grows with each projection, so that two at once cannot both count it.
CREATE TABLE supervision_case (
    case_id TEXT NOT NULL PRIMARY KEY,
    revision BIGINT NOT NULL,
    case_no TEXT NOT NULL,
    short_no TEXT NOT NULL,
    item TEXT NOT NULL,
    item_name TEXT NOT NULL,
    body TEXT NOT NULL,
    region TEXT NOT NULL,
    state TEXT NOT NULL,
    is_open SMALLINT NOT NULL,
    due TEXT,
    due_provisional SMALLINT NOT NULL,
    due_unit TEXT NOT NULL,
    statutory TEXT,
    received_on TEXT,
    answered_on TEXT,
    took_days BIGINT NOT NULL,
    at_once SMALLINT NOT NULL,
    fields_saved BIGINT NOT NULL,
    papers_saved BIGINT NOT NULL,
    stuck TEXT,
    stuck_about TEXT,
    stuck_since BIGINT
);
-- The lists of the board. Only what is due or stuck stands in them, and region and sums can be read from the index.
CREATE INDEX supervision_case_due ON supervision_case (due, case_id, region) WHERE due IS NOT NULL;
CREATE INDEX supervision_case_stuck ON supervision_case (stuck_since, case_id, region) WHERE stuck_since IS NOT NULL;

-- How many cases are open, by what the board asks of them: `due` is '' where no clock of the office runs.
CREATE TABLE supervision_open (
    region TEXT NOT NULL,
    body TEXT NOT NULL,
    item TEXT NOT NULL,
    due TEXT NOT NULL,
    stuck SMALLINT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (region, body, item, due, stuck)
);

CREATE TABLE supervision_body_day (
    day TEXT NOT NULL,
    region TEXT NOT NULL,
    body TEXT NOT NULL,
    received BIGINT NOT NULL,
    answered BIGINT NOT NULL,
    PRIMARY KEY (day, region, body)
);

-- `scope`: the region of the body, and each region above it; so that a province is read as cheaply as a town.
CREATE TABLE supervision_item_day (
    scope TEXT NOT NULL,
    day TEXT NOT NULL,
    item TEXT NOT NULL,
    received BIGINT NOT NULL,
    answered BIGINT NOT NULL,
    at_once BIGINT NOT NULL,
    fields_saved BIGINT NOT NULL,
    papers_saved BIGINT NOT NULL,
    PRIMARY KEY (scope, day, item)
);

-- How many took how many working days, by the day of the answer.
CREATE TABLE supervision_span (
    scope TEXT NOT NULL,
    day TEXT NOT NULL,
    item TEXT NOT NULL,
    took_days BIGINT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (scope, day, item, took_days)
);
