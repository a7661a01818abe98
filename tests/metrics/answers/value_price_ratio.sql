WITH worth AS (
    SELECT account_id, CAST(sum(in_eur(amount, currency, $day)
        * CASE period WHEN 'month' THEN 12 WHEN 'quarter' THEN 4 ELSE 1 END) AS DOUBLE) AS yearly FROM value_claim_on($day)
    WHERE local_day(confirmed_at) <= $day AND coalesce(local_day(expires_at) > $day, true)
      AND NOT coalesce(period = 'once' AND claimed_on <= $day - 365, false) GROUP BY 1)
SELECT account_id, coalesce(yearly, 0) / nullif(arr, 0) AS value FROM accounts LEFT JOIN worth USING (account_id)
