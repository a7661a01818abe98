SELECT account_id, seats AS value FROM seats_on($day)
