SELECT a.account_id, count(c.claim_id) AS value FROM existing($day) a LEFT JOIN value_claim_on($day) c
ON c.account_id = a.account_id GROUP BY 1
