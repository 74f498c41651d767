-- Everything of a pack's folder org/. `present` 0: a later pack does not name it any more; history still does.
CREATE TABLE org_site (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    city TEXT NOT NULL,
    host_body TEXT NOT NULL,
    address TEXT NOT NULL,
    hotline TEXT NOT NULL,
    demonstration SMALLINT NOT NULL,
    fingerprint TEXT NOT NULL,
    imported_at BIGINT NOT NULL
);
CREATE TABLE org_region (
    code TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    level TEXT NOT NULL,
    parent TEXT,
    present SMALLINT NOT NULL
);
CREATE TABLE org_body (
    id TEXT NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL,
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    letter_sign TEXT NOT NULL,
    kind TEXT NOT NULL,
    region TEXT NOT NULL,
    phone TEXT NOT NULL,
    complaint_phone TEXT NOT NULL,
    address TEXT NOT NULL,
    reconsideration_body TEXT NOT NULL,
    court TEXT NOT NULL,
    present SMALLINT NOT NULL
);
CREATE TABLE org_hall (
    id TEXT NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL,
    name TEXT NOT NULL,
    region TEXT NOT NULL,
    body TEXT NOT NULL,
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    hours TEXT NOT NULL,
    present SMALLINT NOT NULL
);
CREATE TABLE org_post (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    hall TEXT,
    roles TEXT NOT NULL,
    present SMALLINT NOT NULL
);
CREATE TABLE org_staff (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    posts TEXT NOT NULL,
    present SMALLINT NOT NULL
);
CREATE TABLE org_calendar_year (
    year BIGINT NOT NULL PRIMARY KEY,
    content TEXT NOT NULL,
    imported_at BIGINT NOT NULL
);
