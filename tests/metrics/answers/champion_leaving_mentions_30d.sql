SELECT account_id, value FROM mentioned('champion_leaving', $day, 30)
