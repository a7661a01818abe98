SELECT a.account_id, count(c.claim_id) AS value FROM existing($day) a LEFT JOIN value_claim_on($day) c
ON c.account_id = a.account_id AND local_day(c.confirmed_at) <= $day AND c.amount > 0
AND coalesce(local_day(c.expires_at) > $day, true) GROUP BY 1
