-- 待批延期: somebody asked the head for more time, and how much stands in clocks. The head's queue finds it here.
ALTER TABLE cases_case ADD COLUMN awaits_head SMALLINT NOT NULL DEFAULT 0;
CREATE INDEX cases_case_by_awaits_head ON cases_case (body, awaits_head, due, id);
