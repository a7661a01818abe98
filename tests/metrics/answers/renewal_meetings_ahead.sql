SELECT a.account_id, count(i.interaction_id) AS value FROM existing($day) a LEFT JOIN interaction_on($day) i
ON i.account_id = a.account_id AND i.purpose = 'renewal' AND local_day(i.scheduled_at) > $day GROUP BY 1
