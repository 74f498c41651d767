-- What law a revocation rests on: stands in the decision that the holder gets. Empty: revoked before it was asked for.
ALTER TABLE licences_licence ADD COLUMN basis_sealed BYTEA;
