SELECT account_id, $day - max(silent_since) AS value FROM people
WHERE NOT gone AND role_text LIKE '%champion%' AND silent_since <= $day GROUP BY 1
