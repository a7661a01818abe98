SELECT account_id, median(((epoch_us(first_reply_at) // 1000000) - (epoch_us(opened_at) // 1000000)) / 3600) AS value
FROM ticket_on($day) WHERE within(local_day(opened_at), $day, 90) AND local_day(first_reply_at) <= $day
AND epoch_us(first_reply_at) // 1000000 >= epoch_us(opened_at) // 1000000 GROUP BY 1
