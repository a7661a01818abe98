SELECT account_id, avg(CAST(reopened AS INTEGER)) AS value FROM ticket_on($day)
WHERE within(local_day(closed_at), $day, 90) AND reopened IS NOT NULL GROUP BY 1
