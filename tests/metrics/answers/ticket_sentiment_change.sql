WITH t AS (SELECT account_id, local_day(opened_at) AS day, sentiment FROM ticket_on($day)
           JOIN existing($day - 90) USING (account_id))
SELECT account_id, avg(sentiment) FILTER (within(day, $day, 90)) - avg(sentiment) FILTER (within(day, $day - 90, 90)) AS value
FROM t GROUP BY 1
