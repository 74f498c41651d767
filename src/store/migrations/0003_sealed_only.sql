-- The chain finds what is sealed; a row that waits to be sealed has no place in it yet.
DROP INDEX store_audit_position;
CREATE UNIQUE INDEX store_audit_position ON store_audit (position) WHERE position IS NOT NULL;
