SELECT account_id, avg(CASE WHEN email_key IS NOT NULL AND email_valid IS DISTINCT FROM false THEN 1.0 ELSE 0.0 END) AS value
FROM people WHERE NOT gone AND consent IS DISTINCT FROM false GROUP BY 1
