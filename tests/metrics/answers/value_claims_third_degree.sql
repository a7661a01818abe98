SELECT a.account_id, count(c.claim_id) AS value FROM existing($day) a LEFT JOIN value_claim_on($day) c
ON c.account_id = a.account_id AND c.degree = 3 AND coalesce(local_day(c.expires_at) > $day, true) GROUP BY 1
