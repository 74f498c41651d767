-- A published version never changes: cases pin it at submission.
CREATE TABLE catalog_version (
    code TEXT NOT NULL,
    version BIGINT NOT NULL,
    hash TEXT NOT NULL,
    content TEXT NOT NULL,
    published_on TEXT NOT NULL,
    PRIMARY KEY (code, version)
);
-- The version in force and what lists and search know of it. `present` 0: withdrawn by a later pack.
CREATE TABLE catalog_item (
    code TEXT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    present SMALLINT NOT NULL,
    card TEXT NOT NULL
);
-- Lists of the pack: themes, pinyin.
CREATE TABLE catalog_list (
    name TEXT NOT NULL PRIMARY KEY,
    content TEXT NOT NULL
);
