-- How many are stuck for which reason, counted from the index alone.
CREATE INDEX supervision_case_why ON supervision_case (stuck, region) WHERE stuck_since IS NOT NULL;
