UPDATE exchange_call SET asked_sealed = NULL, answer_sealed = NULL, asked_blind = '', erased = 1,
    reason = CASE WHEN outcome = 'asking' THEN 'draft_was_dropped' ELSE reason END,
    outcome = CASE WHEN outcome = 'asking' THEN 'late' ELSE outcome END
WHERE subject = $1
