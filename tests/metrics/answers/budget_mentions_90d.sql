SELECT account_id, value FROM mentioned('budget', $day, 90)
