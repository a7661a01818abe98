SELECT a.account_id, count(t.ticket_id) * 30 / 90.0 AS value FROM existing($day) a LEFT JOIN ticket_on($day) t
ON t.account_id = a.account_id AND t.escalated AND within(local_day(t.opened_at), $day, 90) GROUP BY 1
