SELECT account_id, avg(sentiment) AS value FROM ticket_on($day) WHERE within(local_day(opened_at), $day, 90) GROUP BY 1
