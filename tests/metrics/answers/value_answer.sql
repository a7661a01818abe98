SELECT account_id, list_position(['unknown', 'less', 'about even', 'more'], arg_max(answer, (asked_at, question_id))) - 1 AS value
FROM value_question_on($day) WHERE answer IS NOT NULL GROUP BY 1
