SELECT account_id, avg(CASE WHEN local_day(achieved_at) <= $day THEN 1.0 ELSE 0.0 END) AS value FROM goal_on($day)
WHERE due_on <= $day OR local_day(achieved_at) <= $day GROUP BY 1
