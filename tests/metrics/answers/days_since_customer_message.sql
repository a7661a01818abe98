SELECT account_id, $day - max(local_day(sent_at)) AS value FROM message_on($day)
WHERE direction = 'inbound' AND ticket_id IS NULL GROUP BY 1
