SELECT account_id, value FROM mentioned('downgrade', $day, 90)
