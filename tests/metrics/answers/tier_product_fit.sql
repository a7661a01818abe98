WITH judged AS (
    SELECT account_id, arg_max(rating, ("at", author_key)) / 100.0 AS fit FROM pulse_on($day)
    WHERE dimension = 'product_fit' AND rating IS NOT NULL AND coalesce(local_day(expires_at) > $day, true) GROUP BY 1),
met AS (
    SELECT account_id, avg(CASE WHEN local_day(achieved_at) <= $day THEN 1.0 ELSE 0.0 END) AS share FROM goal_on($day)
    WHERE use_case IS NOT NULL GROUP BY 1)
SELECT account_id, coalesce(fit, share) AS value FROM judged FULL JOIN met USING (account_id)
