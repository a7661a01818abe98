SELECT account_id, avg(mood) AS value FROM said WHERE within(day, $day, 360) GROUP BY 1
