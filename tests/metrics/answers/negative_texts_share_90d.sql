SELECT account_id, count(*) FILTER (mood <= -0.2) / count(mood)::DOUBLE AS value
FROM said WHERE within(day, $day, 90) GROUP BY 1 HAVING count(mood) > 0
