SELECT account_id, avg(CASE WHEN local_day(confirmed_at) <= $day THEN 1.0 ELSE 0.0 END) AS value FROM value_claim_on($day)
WHERE coalesce(local_day(expires_at) > $day, true) GROUP BY 1
