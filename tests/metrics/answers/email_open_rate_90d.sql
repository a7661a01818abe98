SELECT account_id, avg(CASE WHEN local_day(opened_at) <= $day THEN 1.0 ELSE 0.0 END) AS value FROM message_on($day)
WHERE direction = 'outbound' AND ticket_id IS NULL AND within(local_day(sent_at), $day, 90) GROUP BY 1
