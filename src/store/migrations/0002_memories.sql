-- How often what processes keep in memory was outdated, by name. Each process compares once a second.
CREATE TABLE store_memory (
    name       TEXT   NOT NULL PRIMARY KEY,
    generation BIGINT NOT NULL
);

-- Until now one process heard of an import as an event; nobody listens for these any more.
DELETE FROM store_delivery WHERE consumer IN ('org.reload', 'catalog.reload');
