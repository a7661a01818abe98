SELECT account_id, avg(csat) AS value FROM ticket_on($day) WHERE within(local_day(closed_at), $day, 90) GROUP BY 1
