SELECT account_id, $day - max(local_day(asked_at)) AS value FROM value_question_on($day) GROUP BY 1
