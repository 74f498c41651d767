-- Whoever files at a window does so for the person at the counter, who confirms one version.
ALTER TABLE cases_draft ADD COLUMN channel TEXT NOT NULL DEFAULT 'online';
ALTER TABLE cases_draft ADD COLUMN filer TEXT;
ALTER TABLE cases_draft ADD COLUMN hall TEXT;
ALTER TABLE cases_draft ADD COLUMN firm TEXT;
ALTER TABLE cases_draft ADD COLUMN confirmed_version BIGINT;
ALTER TABLE cases_draft ADD COLUMN confirmed_at BIGINT;
CREATE INDEX cases_draft_by_hall ON cases_draft (hall, updated_at);

-- Why a case was decided at once, or went to a person: the conditions with their words, as they stood (sealed).
CREATE TABLE cases_decided (
    case_id TEXT PRIMARY KEY,
    at_once SMALLINT NOT NULL,
    at BIGINT NOT NULL,
    body BYTEA NOT NULL
);

-- What each application cost the person, and what was done for them; days from receipt to closing.
CREATE TABLE cases_burden (
    case_id TEXT PRIMARY KEY,
    item TEXT NOT NULL,
    body TEXT NOT NULL,
    received_on TEXT NOT NULL,
    at_once SMALLINT NOT NULL,
    fields_total BIGINT NOT NULL,
    fields_prefilled BIGINT NOT NULL,
    fields_typed BIGINT NOT NULL,
    materials_total BIGINT NOT NULL,
    materials_waived BIGINT NOT NULL,
    materials_from_licence BIGINT NOT NULL,
    materials_promised BIGINT NOT NULL,
    materials_uploaded BIGINT NOT NULL,
    materials_brought BIGINT NOT NULL,
    closed_on TEXT,
    outcome TEXT,
    days BIGINT
);
CREATE INDEX cases_burden_by_item ON cases_burden (item, closed_on);
