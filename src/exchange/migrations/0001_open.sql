-- What the last pack said may be asked, and how. `current` is 0 for what it no longer names: old calls still need its name.
CREATE TABLE exchange_resource (
    code TEXT NOT NULL PRIMARY KEY,
    definition TEXT NOT NULL,
    current SMALLINT NOT NULL
);
CREATE TABLE exchange_source (
    source TEXT NOT NULL PRIMARY KEY,
    definition TEXT NOT NULL,
    current SMALLINT NOT NULL
);

-- Every call: for what, about whom, by whom, on what basis, with what outcome. `turn` numbers the calls of a subject; the
-- highest of a key is what is known. What was asked and answered is sealed, and erased with its draft (`erased`); that
-- it was asked stays.
CREATE TABLE exchange_call (
    subject TEXT NOT NULL,
    id TEXT NOT NULL,
    turn BIGINT NOT NULL,
    key TEXT NOT NULL,
    resource TEXT NOT NULL,
    source TEXT NOT NULL,
    item TEXT NOT NULL,
    item_name TEXT NOT NULL,
    person TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    body TEXT,
    basis TEXT NOT NULL,
    consent TEXT NOT NULL,
    why TEXT NOT NULL,
    case_no TEXT NOT NULL,
    asked_blind TEXT NOT NULL,
    asked_sealed BYTEA,
    asked_at BIGINT NOT NULL,
    limit_at BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    answered_at BIGINT,
    data_at BIGINT,
    down_since BIGINT,
    record_count BIGINT NOT NULL,
    ms BIGINT,
    cached SMALLINT NOT NULL,
    answer_sealed BYTEA,
    erased SMALLINT NOT NULL,
    PRIMARY KEY (subject, id)
);
CREATE INDEX exchange_call_by_source ON exchange_call (source, asked_at, id);
CREATE INDEX exchange_call_by_question ON exchange_call (asked_blind, answered_at);
CREATE INDEX exchange_call_open ON exchange_call (limit_at) WHERE outcome = 'asking';
CREATE INDEX exchange_call_loose ON exchange_call (asked_at) WHERE case_no = '' AND erased = 0;
CREATE INDEX exchange_call_erased ON exchange_call (asked_at) WHERE case_no = '' AND erased = 1;

-- How each source has been answering, so that a restart does not forget since when one is down.
CREATE TABLE exchange_health (
    source TEXT NOT NULL PRIMARY KEY,
    failures_in_row BIGINT NOT NULL,
    failing_since BIGINT,
    last_ok BIGINT,
    last_failure BIGINT,
    failure TEXT NOT NULL
);

-- Resources that are fetched whole. Lines of another batch than the named one are on their way in or out.
CREATE TABLE exchange_list (
    resource TEXT NOT NULL PRIMARY KEY,
    batch TEXT NOT NULL,
    line_count BIGINT NOT NULL,
    failed_count BIGINT NOT NULL,
    data_at BIGINT,
    pulled_at BIGINT,
    failure TEXT NOT NULL
);
CREATE TABLE exchange_list_line (
    resource TEXT NOT NULL,
    batch TEXT NOT NULL,
    blind TEXT NOT NULL,
    id TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (resource, batch, blind, id)
);

-- 纠错: tickets to sources.
CREATE TABLE exchange_correction (
    subject TEXT NOT NULL,
    id TEXT NOT NULL,
    call TEXT NOT NULL,
    source TEXT NOT NULL,
    resource TEXT NOT NULL,
    field TEXT NOT NULL,
    person TEXT NOT NULL,
    case_no TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    state TEXT NOT NULL,
    ticket TEXT NOT NULL,
    answer_sealed BYTEA,
    failure TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (subject, id)
);
CREATE UNIQUE INDEX exchange_correction_once ON exchange_correction (call, field);
CREATE INDEX exchange_correction_by_id ON exchange_correction (id);
CREATE INDEX exchange_correction_open ON exchange_correction (source) WHERE state IN ('open', 'sent');
