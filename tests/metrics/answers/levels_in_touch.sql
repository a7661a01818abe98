SELECT a.account_id, count(DISTINCT p.level) AS value FROM existing($day) a LEFT JOIN people p
ON p.account_id = a.account_id AND NOT p.gone AND within(p.touched, $day, 180) GROUP BY 1
