-- How the result is taken; whose turn the next special step is; and the clocks that few cases have, as JSON: papers to
-- be brought, special steps with their pauses, the extension, service. Codes and days only.
ALTER TABLE cases_case ADD COLUMN collection TEXT NOT NULL DEFAULT 'electronic';
ALTER TABLE cases_case ADD COLUMN special_role TEXT NOT NULL DEFAULT '';
ALTER TABLE cases_case ADD COLUMN clocks TEXT NOT NULL DEFAULT '{}';
CREATE INDEX cases_case_by_special ON cases_case (body, special_role, due, id);

-- 特别程序: what was planned, told, found. The record names people and places: sealed.
CREATE TABLE cases_special (
    case_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    step TEXT NOT NULL,
    planned_on TEXT NOT NULL,
    plan BYTEA NOT NULL,
    notice TEXT NOT NULL,
    record BYTEA,
    conclusion TEXT,
    letter TEXT,
    PRIMARY KEY (case_id, seq)
);

-- 送达: to whom, how, when.
CREATE TABLE cases_service (
    case_id TEXT PRIMARY KEY,
    served_at BIGINT NOT NULL,
    method TEXT NOT NULL,
    staff TEXT NOT NULL,
    letter TEXT NOT NULL,
    body BYTEA NOT NULL
);
