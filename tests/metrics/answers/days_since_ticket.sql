SELECT account_id, $day - max(local_day(opened_at)) AS value FROM ticket_on($day) GROUP BY 1
