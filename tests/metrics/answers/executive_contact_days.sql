SELECT account_id, $day - max(silent_since) AS value FROM people
WHERE NOT gone AND level = 'executive' AND silent_since <= $day GROUP BY 1
