SELECT a.account_id, count(q.question_id) AS value FROM existing($day) a LEFT JOIN value_question_on($day) q
ON q.account_id = a.account_id AND within(local_day(q.asked_at), $day, 180) AND q.answer IS NOT NULL
AND q.answer <> 'unknown' GROUP BY 1
