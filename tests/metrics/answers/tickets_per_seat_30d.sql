SELECT a.account_id, count(t.ticket_id) / nullif(any_value(a.seats), 0) AS value FROM accounts a
LEFT JOIN ticket_on($day) t ON t.account_id = a.account_id AND within(local_day(t.opened_at), $day, 30) GROUP BY 1
