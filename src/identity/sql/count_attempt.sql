-- $3: attempts before this are forgotten. $4: how many lock the account; from then on last_at stands still.
INSERT INTO identity_attempt (account, attempts, last_at) VALUES ($1, 1, $2)
ON CONFLICT (account) DO UPDATE SET
    attempts = CASE WHEN identity_attempt.last_at <= $3 THEN 1 ELSE identity_attempt.attempts + 1 END,
    last_at = CASE WHEN identity_attempt.last_at > $3 AND identity_attempt.attempts >= $4
                   THEN identity_attempt.last_at ELSE $2 END
RETURNING attempts, last_at
