SELECT account_id, CAST(bool_or(NOT gone AND list_contains(string_split(role_text, '|'), 'sponsor')) AS INTEGER) AS value
FROM people GROUP BY 1 HAVING bool_or(role_text <> '')
