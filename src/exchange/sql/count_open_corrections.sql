SELECT source, count(*) AS corrections FROM exchange_correction WHERE state IN ('open', 'sent') GROUP BY source
