-- The same in English, where the pack has it; what was written down before is told in Chinese.
ALTER TABLE identity_access ADD COLUMN purpose_en_sealed BYTEA;
ALTER TABLE identity_access ADD COLUMN what_en TEXT NOT NULL DEFAULT '[]';
ALTER TABLE identity_consent ADD COLUMN item_name_en TEXT NOT NULL DEFAULT '';
ALTER TABLE identity_consent ADD COLUMN text_title_en TEXT NOT NULL DEFAULT '';
ALTER TABLE identity_consent ADD COLUMN resources_en TEXT NOT NULL DEFAULT '[]';
