SELECT a.account_id, count(c.claim_id) AS value FROM existing($day) a LEFT JOIN value_claim_on($day) c
ON c.account_id = a.account_id AND local_day(c.confirmed_at) <= $day
AND local_day(c.confirmed_at) >= date_trunc('quarter', date_trunc('quarter', $day) - INTERVAL 1 DAY) GROUP BY 1
