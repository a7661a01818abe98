SELECT a.account_id, count(p.contact_key) AS value FROM existing($day) a LEFT JOIN people p
ON p.account_id = a.account_id AND NOT p.gone AND within(p.touched, $day, 90) GROUP BY 1
