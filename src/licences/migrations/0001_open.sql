-- What a pack says about each type of licence, as JSON.
CREATE TABLE licences_type (
    key TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL
);

-- Every text a template ever had: a document says by fingerprint which one it was made from. The one imported
-- last is in force. name: licence/<key> or letter/<key>.
CREATE TABLE licences_template (
    name TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    text TEXT NOT NULL,
    imported_at BIGINT NOT NULL,
    PRIMARY KEY (name, fingerprint)
);

-- Who certifies seals here. A demonstration makes its own; all that ever certified stay, to verify old files.
CREATE TABLE licences_authority (
    id TEXT NOT NULL PRIMARY KEY,
    certificate TEXT NOT NULL,
    key_sealed BYTEA NOT NULL,
    valid_until BIGINT NOT NULL
);

CREATE TABLE licences_seal (
    body TEXT NOT NULL PRIMARY KEY,
    line TEXT NOT NULL,
    certificate TEXT NOT NULL,
    issuer TEXT NOT NULL,
    key_sealed BYTEA NOT NULL,
    valid_until BIGINT NOT NULL
);

-- Each use of a seal, as a register lies beside a seal of rubber. Rows are only ever added.
CREATE TABLE licences_seal_use (
    body TEXT NOT NULL,
    id TEXT NOT NULL,
    used_at BIGINT NOT NULL,
    purpose TEXT NOT NULL,
    document TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (body, id)
);

-- state: reserved (numbered, not yet made), valid, replaced, revoked; whether it has expired is a matter of
-- the day. secrets_sealed: verify code and token; holder_sealed: name, ID number and face. The blinds serve
-- the public check.
CREATE TABLE licences_licence (
    id TEXT NOT NULL PRIMARY KEY,
    order_key TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    type_name TEXT NOT NULL,
    holder TEXT NOT NULL,
    issuer TEXT NOT NULL,
    issuer_name TEXT NOT NULL,
    case_no TEXT NOT NULL,
    number TEXT NOT NULL UNIQUE,
    identifier TEXT NOT NULL UNIQUE,
    check_blind TEXT NOT NULL UNIQUE,
    token_blind TEXT NOT NULL UNIQUE,
    secrets_sealed BYTEA NOT NULL,
    holder_sealed BYTEA,
    state TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    issued_at BIGINT,
    valid_until TEXT,
    template TEXT,
    file TEXT,
    file_sha256 TEXT,
    version BIGINT NOT NULL,
    revoked_at BIGINT,
    revocation_kind TEXT,
    reason_sealed BYTEA
);
CREATE INDEX licences_licence_by_holder ON licences_licence (holder);
CREATE UNIQUE INDEX licences_licence_by_file ON licences_licence (file_sha256);

-- What happened to a licence: issued, downloaded, verified, revoked. Rows are only ever added.
CREATE TABLE licences_use (
    licence TEXT NOT NULL,
    id TEXT NOT NULL,
    used_at BIGINT NOT NULL,
    what TEXT NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (licence, id)
);
