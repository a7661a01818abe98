WITH now AS (SELECT account_id, avg(score) AS mean FROM survey_response_on($day)
    WHERE kind LIKE '%nps' AND within(local_day(answered_at), $day, 180) GROUP BY 1),
earlier AS (SELECT account_id, avg(score) AS mean FROM survey_response_on($day - 180)
    WHERE kind LIKE '%nps' AND within(local_day(answered_at), $day - 180, 180) GROUP BY 1)
SELECT account_id, now.mean - earlier.mean AS value
FROM now JOIN earlier USING (account_id) JOIN existing($day - 180) USING (account_id)
