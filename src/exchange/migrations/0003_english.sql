-- Item and purpose in English, where the pack has it.
ALTER TABLE exchange_call ADD COLUMN item_name_en TEXT NOT NULL DEFAULT '';
ALTER TABLE exchange_call ADD COLUMN why_en TEXT NOT NULL DEFAULT '';
