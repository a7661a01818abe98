WITH now AS (SELECT account_id, count(mood) AS n, avg(mood) AS level FROM said WHERE within(day, $day, 90) GROUP BY 1),
     past AS (SELECT account_id, count(mood) AS n, avg(mood) AS level FROM said WHERE within(day, $day - 90, 270) GROUP BY 1)
SELECT account_id, CAST(now.level AS DOUBLE) - CAST(past.level AS DOUBLE) AS value
FROM now JOIN past USING (account_id) WHERE now.n >= 3 AND past.n >= 5
