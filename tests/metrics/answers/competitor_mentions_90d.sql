SELECT account_id, value FROM mentioned('competitor', $day, 90)
