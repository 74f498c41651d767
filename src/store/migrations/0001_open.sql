-- Tables of the store itself: what every module's transactions write besides their own rows.

CREATE TABLE store_migration (
    module      TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    text_hash   TEXT   NOT NULL,
    applied_at  BIGINT NOT NULL,
    PRIMARY KEY (module, name)
);

-- One row: which master key seals this database, so that a wrong keys folder is told before anything is written.
CREATE TABLE store_key (
    fingerprint TEXT   NOT NULL PRIMARY KEY,
    noted_at    BIGINT NOT NULL
);

-- The last position of each aggregate's events. Writers of one aggregate queue on its row until they commit, so
-- positions follow the order of the commits.
CREATE TABLE store_stream (
    aggregate     TEXT   NOT NULL PRIMARY KEY,
    last_position BIGINT NOT NULL
);

CREATE TABLE store_event (
    aggregate   TEXT   NOT NULL,
    position    BIGINT NOT NULL,
    kind        TEXT   NOT NULL,
    body        TEXT   NOT NULL,
    happened_at BIGINT NOT NULL,
    PRIMARY KEY (aggregate, position)
);

-- What is still to be delivered; the row goes when the consumer has handled the event. `lane`: 0 handled inside a
-- transaction, 1 slow work outside. `due_at` also serves as the lease of slow work.
CREATE TABLE store_delivery (
    aggregate  TEXT     NOT NULL,
    consumer   TEXT     NOT NULL,
    position   BIGINT   NOT NULL,
    lane       SMALLINT NOT NULL,
    due_at     BIGINT   NOT NULL,
    attempts   BIGINT   NOT NULL,
    last_error TEXT,
    PRIMARY KEY (aggregate, consumer, position)
);
CREATE INDEX store_delivery_due ON store_delivery (lane, due_at);

CREATE TABLE store_job (
    kind       TEXT   NOT NULL,
    key        TEXT   NOT NULL,
    planned_at BIGINT NOT NULL,
    due_at     BIGINT NOT NULL,
    body       TEXT   NOT NULL,
    attempts   BIGINT NOT NULL,
    last_error TEXT,
    PRIMARY KEY (kind, key)
);
CREATE INDEX store_job_due ON store_job (due_at);

CREATE TABLE store_number (
    kind        TEXT   NOT NULL,
    scope       TEXT   NOT NULL,
    last_number BIGINT NOT NULL,
    PRIMARY KEY (kind, scope)
);

-- First answers, kept so that a repeated request gets the same one. The key is kept as a hash, the answer sealed.
CREATE TABLE store_answer (
    actor    TEXT   NOT NULL,
    verb     TEXT   NOT NULL,
    key_hash TEXT   NOT NULL,
    answer   BYTEA  NOT NULL,
    kept_at  BIGINT NOT NULL,
    PRIMARY KEY (actor, verb, key_hash)
);
CREATE INDEX store_answer_kept ON store_answer (kept_at);

-- `position` and `link` are empty until the sealer takes the row into the chain.
CREATE TABLE store_audit (
    aggregate    TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    at           BIGINT NOT NULL,
    actor        TEXT   NOT NULL,
    verb         TEXT   NOT NULL,
    facts        TEXT   NOT NULL,
    content_hash TEXT   NOT NULL,
    position     BIGINT,
    link         TEXT,
    PRIMARY KEY (aggregate, id)
);
CREATE INDEX store_audit_unsealed ON store_audit (id) WHERE position IS NULL;
CREATE UNIQUE INDEX store_audit_position ON store_audit (position);

-- Signed heads of the chain, one for each time the sealer found something to do.
CREATE TABLE store_audit_seal (
    position  BIGINT NOT NULL PRIMARY KEY,
    link      TEXT   NOT NULL,
    sealed_at BIGINT NOT NULL,
    signature TEXT   NOT NULL
);
