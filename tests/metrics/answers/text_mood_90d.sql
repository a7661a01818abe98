SELECT account_id, avg(mood) AS value FROM said WHERE within(day, $day, 90) GROUP BY 1
