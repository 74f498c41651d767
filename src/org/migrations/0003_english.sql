-- What the pack says in English, a JSON object by member: {"name": "Example Subdistrict"}. Empty: nothing.
ALTER TABLE org_site ADD COLUMN english TEXT NOT NULL DEFAULT '';
ALTER TABLE org_region ADD COLUMN english TEXT NOT NULL DEFAULT '';
ALTER TABLE org_body ADD COLUMN english TEXT NOT NULL DEFAULT '';
ALTER TABLE org_hall ADD COLUMN english TEXT NOT NULL DEFAULT '';
ALTER TABLE org_post ADD COLUMN english TEXT NOT NULL DEFAULT '';
