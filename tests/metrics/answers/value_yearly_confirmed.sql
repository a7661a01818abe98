SELECT a.account_id, coalesce(sum(in_eur(c.amount, c.currency, $day)
    * CASE c.period WHEN 'month' THEN 12 WHEN 'quarter' THEN 4 ELSE 1 END), 0) AS value
FROM existing($day) a LEFT JOIN value_claim_on($day) c ON c.account_id = a.account_id
    AND local_day(c.confirmed_at) <= $day AND coalesce(local_day(c.expires_at) > $day, true)
    AND NOT coalesce(c.period = 'once' AND c.claimed_on <= $day - 365, false) GROUP BY 1
