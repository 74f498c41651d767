-- The words of each kind of message, as the last pack brought them.
CREATE TABLE notify_template (
    kind TEXT NOT NULL PRIMARY KEY,
    words TEXT NOT NULL
);

-- A message as it was sent: its words are kept, sealed, and do not change when a template does.
CREATE TABLE notify_message (
    person TEXT NOT NULL,
    id TEXT NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    link TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    sent_at BIGINT NOT NULL,
    read_at BIGINT,
    PRIMARY KEY (person, id)
);
CREATE UNIQUE INDEX notify_message_once ON notify_message (person, key);
