SELECT a.account_id, count(i.interaction_id) AS value FROM existing($day) a LEFT JOIN interaction_on($day) i
ON i.account_id = a.account_id AND i.purpose = 'renewal' AND (i.status = 'cancelled' OR i.status = 'no_show')
AND within(local_day(i.scheduled_at), $day, 120) GROUP BY 1
