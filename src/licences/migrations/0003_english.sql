-- The same in English, where the pack has it. Of our own licences the type and the body say it.
ALTER TABLE licences_use ADD COLUMN purpose_en TEXT NOT NULL DEFAULT '';
ALTER TABLE licences_held ADD COLUMN type_name_en TEXT NOT NULL DEFAULT '';
ALTER TABLE licences_held ADD COLUMN issuer_name_en TEXT NOT NULL DEFAULT '';
