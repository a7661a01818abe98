SELECT account_id, value FROM mentioned('frustration', $day, 90)
