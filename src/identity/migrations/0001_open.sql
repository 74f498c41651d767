-- Residents. What names a person is sealed as one value; the blind indexes serve exact look-up only.
CREATE TABLE identity_person (
    id TEXT NOT NULL PRIMARY KEY,
    sealed BYTEA NOT NULL,
    id_number_blind TEXT NOT NULL UNIQUE,
    phone_blind TEXT NOT NULL UNIQUE,
    region TEXT NOT NULL,
    real_name_level SMALLINT NOT NULL
);

-- subject: resident:<person id> or staff:<number>. password_mark is a keyed fingerprint by which an import
-- sees that a password has not changed. totp_sealed waits for the second factor of the desk.
CREATE TABLE identity_credential (
    subject TEXT NOT NULL PRIMARY KEY,
    password_hash TEXT NOT NULL,
    password_mark TEXT NOT NULL,
    totp_sealed BYTEA,
    last_sign_in_at BIGINT
);

-- Wrong passwords, also for accounts that do not exist: whoever guesses must not learn which ones do.
CREATE TABLE identity_attempt (
    account TEXT NOT NULL PRIMARY KEY,
    attempts INTEGER NOT NULL,
    last_at BIGINT NOT NULL
);

CREATE TABLE identity_session (
    token_hash TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    post TEXT,
    started_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    previous_sign_in_at BIGINT
);
CREATE INDEX identity_session_by_age ON identity_session (last_seen_at);

-- Who saw whose data, and why (个人信息保护法 arts. 44, 45). Rows are only ever added.
CREATE TABLE identity_access (
    person TEXT NOT NULL,
    id TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    body TEXT,
    purpose_sealed BYTEA NOT NULL,
    basis TEXT NOT NULL,
    case_no TEXT NOT NULL,
    what TEXT NOT NULL,
    PRIMARY KEY (person, id)
);
