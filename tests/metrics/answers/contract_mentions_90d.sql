SELECT account_id, value FROM mentioned('contract', $day, 90)
