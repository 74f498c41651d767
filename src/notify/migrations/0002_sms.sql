-- The gateway, as the last pack named it.
CREATE TABLE notify_sms_setting (
    id TEXT NOT NULL PRIMARY KEY,
    definition TEXT NOT NULL
);

-- An SMS on its way. Text and phone are sealed, and erased once the gateway has them and no other try is left; what
-- became of it stays a while for operators.
CREATE TABLE notify_sms (
    id TEXT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    sealed BYTEA,
    state TEXT NOT NULL,
    failure TEXT NOT NULL,
    tries BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    sent_at BIGINT,
    done_at BIGINT
);
CREATE UNIQUE INDEX notify_sms_once ON notify_sms (person, key);
CREATE INDEX notify_sms_waiting ON notify_sms (made_at) WHERE state = 'waiting';
CREATE INDEX notify_sms_sent ON notify_sms (sent_at) WHERE state = 'sent';
CREATE INDEX notify_sms_by_age ON notify_sms (made_at);
