SELECT account_id, $day - max(gone_on) AS value FROM people
WHERE list_contains(string_split(role_text, '|'), 'sponsor') GROUP BY 1
