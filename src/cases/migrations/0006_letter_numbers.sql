-- The last number of each row of letters (body and head: sign, kind, year), counted up by the transaction that
-- orders one. What is numbered already goes on from there.
CREATE TABLE cases_letter_number (
    body        TEXT   NOT NULL,
    head        TEXT   NOT NULL,
    last_number BIGINT NOT NULL,
    PRIMARY KEY (body, head)
);
INSERT INTO cases_letter_number (body, head, last_number)
SELECT known.body, known.head,
       max(CAST(substr(known.front, length(known.head) + 1) AS BIGINT))
FROM (SELECT c.body AS body, rtrim(l.number, '号') AS front, rtrim(rtrim(l.number, '号'), '0123456789') AS head
      FROM cases_letter l JOIN cases_case c ON c.id = l.case_id WHERE l.number LIKE '%号') known
GROUP BY known.body, known.head;
