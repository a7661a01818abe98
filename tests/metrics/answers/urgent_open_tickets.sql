SELECT a.account_id, count(t.ticket_id) AS value FROM existing($day) a LEFT JOIN ticket_on($day) t
ON t.account_id = a.account_id AND t.priority = 'urgent' AND coalesce(t.closed_at >= $until, true) GROUP BY 1
