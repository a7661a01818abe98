SELECT account_id, avg(CASE WHEN local_day(achieved_at) <= $day THEN 1.0 ELSE 0.0 END) AS value FROM goal_on($day)
WHERE use_case IS NOT NULL GROUP BY 1
