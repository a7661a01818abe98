SELECT account_id, arg_max(score, (answered_at, response_id)) AS value FROM survey_response_on($day)
WHERE kind = 'relationship_nps' AND score IS NOT NULL AND local_day(answered_at) <= $day GROUP BY 1
