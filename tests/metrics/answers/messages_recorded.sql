SELECT a.account_id, count(m.message_id) AS value FROM existing($day) a LEFT JOIN message_on($day) m
ON m.account_id = a.account_id GROUP BY 1
