SELECT account_id, avg(score) AS value FROM survey_response_on($day)
WHERE kind IN ('relationship_nps', 'transactional_nps') AND within(local_day(answered_at), $day, 180) GROUP BY 1
