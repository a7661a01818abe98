SELECT a.account_id, count(t.ticket_id) AS value FROM existing($day) a LEFT JOIN ticket_on($day) t
ON t.account_id = a.account_id GROUP BY 1
