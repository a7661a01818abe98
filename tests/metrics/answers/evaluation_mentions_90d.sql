SELECT account_id, value FROM mentioned('evaluation', $day, 90)
