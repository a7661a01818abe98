SELECT account_id, avg(CASE WHEN local_day(answered_at) <= $day THEN 1.0 ELSE 0.0 END) AS value
FROM survey_response_on($day)
WHERE kind LIKE '%nps' AND local_day(asked_at) BETWEEN $day - 364 AND $day - 14 GROUP BY 1
