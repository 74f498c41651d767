-- Queues find what is open in indexes of nothing else: a case that is filed, or changes, is written into those it belongs to.
-- What awaits review is read in the order of its due days, whatever the role.
DROP INDEX cases_case_by_body;
DROP INDEX cases_case_by_special;
DROP INDEX cases_case_by_awaits_head;
DROP INDEX cases_case_provisional;
DROP INDEX cases_burden_by_item;
CREATE INDEX cases_case_in_review ON cases_case (body, due, id) WHERE state = 'accepted';
CREATE INDEX cases_case_awaiting_head ON cases_case (body, due, id) WHERE awaits_head = 1;
CREATE INDEX cases_case_provisional ON cases_case (id) WHERE due_provisional = 1;
