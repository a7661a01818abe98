SELECT account_id, CAST(sum(list_eur - eur) AS DOUBLE) / nullif(sum(list_eur), 0) AS value FROM running($day) WHERE eur IS NOT NULL GROUP BY 1
