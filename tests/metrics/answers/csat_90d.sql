SELECT account_id, avg(score) AS value FROM survey_response_on($day)
WHERE kind = 'csat' AND within(local_day(answered_at), $day, 90) GROUP BY 1
