SELECT subject, id, call, source, resource, field, person, case_no, sealed, state, ticket, answer_sealed, failure,
       made_at, changed_at
FROM exchange_correction WHERE id = $1
