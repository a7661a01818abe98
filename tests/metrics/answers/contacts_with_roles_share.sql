SELECT account_id, avg(CASE WHEN role_text <> '' THEN 1.0 ELSE 0.0 END) AS value FROM people WHERE NOT gone GROUP BY 1
