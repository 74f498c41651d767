-- Its number is the one that count_letter has just reached in the same transaction.
INSERT INTO cases_letter (case_id, id, kind, title, number, state, body, ordered_at)
VALUES ($1, $2, $3, $4,
        CAST($6 AS TEXT) ||
            (SELECT CAST(last_number AS TEXT) FROM cases_letter_number WHERE body = $5 AND head = CAST($6 AS TEXT)) || '号',
        'being_made', $7, $8)
