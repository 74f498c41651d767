INSERT INTO cases_letter_number (body, head, last_number) VALUES ($1, $2, 1)
ON CONFLICT (body, head) DO UPDATE SET last_number = cases_letter_number.last_number + 1
