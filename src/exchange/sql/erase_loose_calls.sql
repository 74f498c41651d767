-- Drafts that never became cases.
UPDATE exchange_call SET asked_sealed = NULL, answer_sealed = NULL, asked_blind = '', erased = 1,
    reason = CASE WHEN outcome = 'asking' THEN 'draft_was_dropped' ELSE reason END,
    outcome = CASE WHEN outcome = 'asking' THEN 'late' ELSE outcome END
WHERE asked_at < $1 AND erased = 0 AND subject IN (
    SELECT l.subject FROM exchange_loose l
    WHERE l.asked_at < $1 AND NOT EXISTS (SELECT 1 FROM exchange_kept k WHERE k.subject = l.subject))
