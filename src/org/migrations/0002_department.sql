-- Which department (部门) of its region a body is: natural_resources. Empty for a government or a street office.
ALTER TABLE org_body ADD COLUMN department TEXT NOT NULL DEFAULT '';
