-- Who is silent, in English: what is stuck is told in the language of whoever looks.
ALTER TABLE supervision_case ADD COLUMN stuck_about_en TEXT;
