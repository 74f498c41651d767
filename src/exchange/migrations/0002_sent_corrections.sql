-- Those that are asked for, in their order, without a walk over all that were ever answered.
CREATE INDEX exchange_correction_sent ON exchange_correction (id) WHERE state = 'sent';
