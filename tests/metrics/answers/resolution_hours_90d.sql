SELECT account_id, median(((epoch_us(closed_at) // 1000000) - (epoch_us(opened_at) // 1000000)) / 3600) AS value
FROM ticket_on($day) WHERE within(local_day(closed_at), $day, 90)
AND epoch_us(closed_at) // 1000000 >= epoch_us(opened_at) // 1000000 GROUP BY 1
