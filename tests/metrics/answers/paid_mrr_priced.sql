SELECT account_id, sum(eur) AS value FROM running($day) WHERE list_eur IS NOT NULL AND eur IS NOT NULL GROUP BY 1
