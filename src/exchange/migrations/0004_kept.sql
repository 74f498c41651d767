-- Whose calls became a case's, and its number: a row of its own, so that no call is written anew when its draft is
-- handed in.
CREATE TABLE exchange_kept (
    subject TEXT NOT NULL PRIMARY KEY,
    case_no TEXT NOT NULL
);
INSERT INTO exchange_kept (subject, case_no)
SELECT subject, max(case_no) FROM exchange_call WHERE case_no <> '' GROUP BY subject;

-- When drafts asked, until that is long ago: then what was answered to those that became no case is erased.
CREATE TABLE exchange_loose (
    asked_at BIGINT NOT NULL,
    subject TEXT NOT NULL,
    PRIMARY KEY (asked_at, subject)
);
INSERT INTO exchange_loose (asked_at, subject)
SELECT DISTINCT asked_at, subject FROM exchange_call WHERE case_no = '' AND erased = 0;

DROP INDEX exchange_call_loose;
DROP INDEX exchange_call_erased;
CREATE INDEX exchange_call_erased ON exchange_call (asked_at) WHERE erased = 1;
