-- One row each time a case lies on somebody's table. `round` runs up over returns.
CREATE TABLE process_task (
    subject TEXT NOT NULL,
    round BIGINT NOT NULL,
    step BIGINT NOT NULL,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    done_by TEXT,
    opened_at BIGINT NOT NULL,
    done_at BIGINT,
    PRIMARY KEY (subject, round)
);
-- A case lies on one table at a time.
CREATE UNIQUE INDEX process_task_open ON process_task (subject) WHERE state = 'open';
