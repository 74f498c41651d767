-- What the person at the counter was asked to confirm, and their answer. Rows stay when the draft becomes a case:
-- texts tells which were agreed to, by key, version and hash; shown is a keyed mark of everything that was read.
-- Token and code are blind; what the person says is wrong is sealed.
CREATE TABLE cases_confirmation (
    draft_id TEXT NOT NULL,
    id TEXT NOT NULL,
    about TEXT NOT NULL,
    way TEXT NOT NULL,
    token_blind TEXT NOT NULL,
    code_blind TEXT NOT NULL,
    shown TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    wrong_codes BIGINT NOT NULL,
    state TEXT NOT NULL,
    answered_at BIGINT,
    texts TEXT NOT NULL,
    note BYTEA NOT NULL,
    PRIMARY KEY (draft_id, id)
);
CREATE INDEX cases_confirmation_by_token ON cases_confirmation (token_blind);

-- A version alone does not say what was shown: a register may answer meanwhile.
ALTER TABLE cases_draft DROP COLUMN confirmed_version;
ALTER TABLE cases_draft DROP COLUMN confirmed_at;
