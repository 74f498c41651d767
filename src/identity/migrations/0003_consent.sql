-- Consents to ask registers, one for each application (个人信息保护法 arts. 14, 15, 29): which text was read, by
-- version and hash, and what may be asked. Rows are never removed; what ends one is marked.
CREATE TABLE identity_consent (
    person TEXT NOT NULL,
    id TEXT NOT NULL,
    subject TEXT NOT NULL,
    item TEXT NOT NULL,
    item_name TEXT NOT NULL,
    text_key TEXT NOT NULL,
    text_version TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    text_title TEXT NOT NULL,
    resources TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    withdrawn_at BIGINT,
    used_up_at BIGINT,
    PRIMARY KEY (person, id)
);
CREATE INDEX identity_consent_by_subject ON identity_consent (subject);
