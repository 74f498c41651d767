SELECT DISTINCT name FROM licences_template ORDER BY name
