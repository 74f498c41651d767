-- 证照库: licences that other issuers gave, as their registers sent them. Found by the holder's ID number (blind) or a
-- firm's credit code; name and face are sealed. present 0: the register does not send it any more.
CREATE TABLE licences_held (
    id TEXT NOT NULL PRIMARY KEY,
    type TEXT NOT NULL,
    type_name TEXT NOT NULL,
    number_blind TEXT NOT NULL UNIQUE,
    issuer_name TEXT NOT NULL,
    holder_blind TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    issued_on TEXT NOT NULL,
    valid_until TEXT,
    as_of TEXT NOT NULL,
    present SMALLINT NOT NULL
);
CREATE INDEX licences_held_by_holder ON licences_held (holder_blind, type);

-- 用证: a licence stood in for a paper in a case. Empty for other uses.
ALTER TABLE licences_use ADD COLUMN case_no TEXT NOT NULL DEFAULT '';
ALTER TABLE licences_use ADD COLUMN purpose TEXT NOT NULL DEFAULT '';
