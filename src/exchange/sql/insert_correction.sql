INSERT INTO exchange_correction (
    subject, id, call, source, resource, field, person, case_no, sealed, state, ticket, failure, made_at, changed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', '', '', $10, $10)
