CREATE TABLE @name@_entry (
    id TEXT PRIMARY KEY,
    text TEXT NOT NULL,
    added_at BIGINT NOT NULL
);
