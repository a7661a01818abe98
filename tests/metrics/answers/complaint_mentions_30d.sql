SELECT account_id, value FROM mentioned('complaint', $day, 30)
