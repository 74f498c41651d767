-- Drafts stand apart from cases; the draft's id becomes the case's id. Personal data in BYTEA columns is sealed.
CREATE TABLE cases_draft (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL,
    item TEXT NOT NULL,
    item_version BIGINT NOT NULL,
    region TEXT NOT NULL,
    step TEXT NOT NULL,
    version BIGINT NOT NULL,
    body BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX cases_draft_by_person ON cases_draft (person_id, updated_at);

-- The sum of each case's history.
CREATE TABLE cases_case (
    id TEXT PRIMARY KEY,
    case_no TEXT NOT NULL,
    short_no TEXT NOT NULL,
    query_code BYTEA NOT NULL,
    item TEXT NOT NULL,
    item_version BIGINT NOT NULL,
    item_name TEXT NOT NULL,
    applicant TEXT NOT NULL,
    region TEXT NOT NULL,
    body TEXT NOT NULL,
    hall TEXT NOT NULL,
    channel TEXT NOT NULL,
    external_no TEXT,
    state TEXT NOT NULL,
    due TEXT,
    due_provisional SMALLINT NOT NULL,
    received_at BIGINT NOT NULL,
    accept_from TEXT NOT NULL,
    accept_by TEXT NOT NULL,
    accept_by_provisional SMALLINT NOT NULL,
    notices BIGINT NOT NULL,
    correction_from TEXT,
    correction_by TEXT,
    correction_by_provisional SMALLINT NOT NULL,
    accepted_at BIGINT,
    accepted_on TEXT,
    accepted_by TEXT,
    promised TEXT,
    promised_provisional SMALLINT NOT NULL,
    statutory TEXT,
    statutory_provisional SMALLINT NOT NULL,
    review_role TEXT,
    review_step BIGINT NOT NULL,
    decided_at BIGINT,
    decided_by TEXT,
    closed_at BIGINT,
    licence TEXT,
    licence_number TEXT,
    trouble TEXT,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX cases_case_by_number ON cases_case (case_no);
CREATE INDEX cases_case_by_short_number ON cases_case (short_no);
CREATE INDEX cases_case_by_applicant ON cases_case (applicant, changed_at);
CREATE INDEX cases_case_by_hall ON cases_case (hall, state, due, id);
CREATE INDEX cases_case_by_body ON cases_case (body, state, review_role, due, id);
CREATE INDEX cases_case_provisional ON cases_case (due_provisional, id);

-- The history itself, append-only: one row per change of the case's version. Facts carry ids and codes only.
CREATE TABLE cases_event (
    case_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    who TEXT NOT NULL,
    letter TEXT,
    note BYTEA,
    PRIMARY KEY (case_id, seq)
);

-- 申请人、代办人、成员 …: who takes part. The blind columns serve exact look-up.
CREATE TABLE cases_party (
    case_id TEXT NOT NULL,
    role TEXT NOT NULL,
    person_id TEXT,
    name BYTEA NOT NULL,
    id_number BYTEA NOT NULL,
    phone BYTEA NOT NULL,
    name_blind TEXT NOT NULL,
    id_number_blind TEXT NOT NULL,
    phone_blind TEXT NOT NULL,
    PRIMARY KEY (case_id, role)
);
CREATE INDEX cases_party_by_name ON cases_party (name_blind, case_id);
CREATE INDEX cases_party_by_id_number ON cases_party (id_number_blind, case_id);
CREATE INDEX cases_party_by_phone ON cases_party (phone_blind, case_id);

-- What was asked for, whole, per round: 1 as submitted, 2 after a correction.
CREATE TABLE cases_application (
    case_id TEXT NOT NULL,
    round BIGINT NOT NULL,
    at BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (case_id, round)
);

-- Texts read and agreed to: notice, declaration, promises; by version and hash of what was shown.
CREATE TABLE cases_agreement (
    case_id TEXT NOT NULL,
    key TEXT NOT NULL,
    agreed_at BIGINT NOT NULL,
    text_version TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (case_id, key, agreed_at)
);

CREATE TABLE cases_correction (
    case_id TEXT NOT NULL,
    notice BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    gaps BYTEA NOT NULL,
    letter TEXT NOT NULL,
    answered_at BIGINT,
    PRIMARY KEY (case_id, notice)
);

CREATE TABLE cases_opinion (
    case_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    post TEXT NOT NULL,
    staff TEXT NOT NULL,
    verdict TEXT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (case_id, seq)
);

-- Why a case was not accepted, or denied.
CREATE TABLE cases_outcome (
    case_id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    body BYTEA NOT NULL
);

-- 文书. The values are kept sealed until the page is made; a made page is never made again.
CREATE TABLE cases_letter (
    case_id TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    number TEXT,
    state TEXT NOT NULL,
    body BYTEA NOT NULL,
    file TEXT,
    ordered_at BIGINT NOT NULL,
    made_at BIGINT,
    read_at BIGINT,
    trouble TEXT,
    PRIMARY KEY (case_id, id)
);

-- Wrong query codes per case, so that six digits cannot be tried out.
CREATE TABLE cases_query_guard (
    case_id TEXT PRIMARY KEY,
    window_start BIGINT NOT NULL,
    wrong BIGINT NOT NULL
);
