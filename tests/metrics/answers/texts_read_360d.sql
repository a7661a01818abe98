SELECT a.account_id, count(s.mood) AS value FROM existing($day) a LEFT JOIN said s
ON s.account_id = a.account_id AND within(s.day, $day, 360) GROUP BY 1
