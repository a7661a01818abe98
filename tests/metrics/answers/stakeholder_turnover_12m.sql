SELECT account_id, avg(CAST(gone AS INTEGER)) AS value FROM people
WHERE (role_text <> '' OR level = 'executive' OR level = 'manager') AND (NOT gone OR gone_on > $day - 365) GROUP BY 1
