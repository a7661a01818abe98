SELECT account_id, value FROM mentioned('reorganisation', $day, 30)
