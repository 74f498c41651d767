-- One row per file; the bytes lie sealed on disk. The name is sealed too: people write their names into it.
-- erase_at is empty for a file that belongs to something; a loose one is erased after that moment.
CREATE TABLE files_file (
    id TEXT NOT NULL PRIMARY KEY,
    name_sealed BYTEA NOT NULL,
    kind TEXT NOT NULL,
    size BIGINT NOT NULL,
    pages INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    owner TEXT NOT NULL,
    attached_to TEXT,
    made_at BIGINT NOT NULL,
    erase_at BIGINT
);
CREATE INDEX files_file_by_aggregate ON files_file (attached_to);
CREATE INDEX files_file_by_erasure ON files_file (erase_at);
