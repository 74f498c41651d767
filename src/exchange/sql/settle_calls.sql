-- Asked by a program that ended before the answer came.
UPDATE exchange_call SET outcome = 'down', reason = 'program_stopped' WHERE outcome = 'asking' AND limit_at < $1
