INSERT INTO supervision_body_day (day, region, body, received, answered) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (day, region, body) DO UPDATE SET
    received = supervision_body_day.received + excluded.received, answered = supervision_body_day.answered + excluded.answered
