-- Firms and who may act for them. A firm is public, who leads it is not: sealed. Mandates are held by ID number
-- (blind), so that they wait for a person who is not registered yet.
CREATE TABLE identity_firm (
    uscc TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    present SMALLINT NOT NULL
);
CREATE TABLE identity_mandate (
    holder_blind TEXT NOT NULL,
    uscc TEXT NOT NULL,
    role TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_until TEXT,
    present SMALLINT NOT NULL,
    PRIMARY KEY (holder_blind, uscc, role)
);

-- The code a resident shows at a window: one at a time, short-lived, spent by the first who uses it.
CREATE TABLE identity_code (
    person TEXT NOT NULL PRIMARY KEY,
    code_blind TEXT NOT NULL,
    until BIGINT NOT NULL
);
CREATE INDEX identity_code_by_blind ON identity_code (code_blind);

-- The law or consent a look rests on, in words for the person; empty: the usual words of its basis.
ALTER TABLE identity_access ADD COLUMN basis_text TEXT NOT NULL DEFAULT '';
