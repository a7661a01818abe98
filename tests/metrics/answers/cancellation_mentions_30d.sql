SELECT account_id, value FROM mentioned('cancellation', $day, 30)
