SELECT account_id, value FROM mentioned('feature_gap', $day, 90)
