SELECT year, content FROM org_calendar_year ORDER BY year
