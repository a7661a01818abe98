SELECT a.account_id, count(g.goal_id) AS value FROM existing($day) a LEFT JOIN goal_on($day) g
ON g.account_id = a.account_id AND g.due_on < $day AND coalesce(local_day(g.achieved_at) > $day, true) GROUP BY 1
