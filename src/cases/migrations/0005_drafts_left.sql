-- Which drafts nobody finished: they are erased day by day.
CREATE INDEX cases_draft_by_age ON cases_draft (channel, updated_at);
