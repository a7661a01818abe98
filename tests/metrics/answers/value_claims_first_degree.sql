SELECT a.account_id, count(c.claim_id) AS value FROM existing($day) a LEFT JOIN value_claim_on($day) c
ON c.account_id = a.account_id AND c.degree = 1 AND coalesce(c.expires_at >= $until, true) GROUP BY 1
