SELECT a.account_id, count(p.contact_key) AS value FROM existing($day) a LEFT JOIN people p
ON p.account_id = a.account_id AND NOT p.gone AND list_contains(string_split(p.role_text, '|'), 'sponsor') GROUP BY 1
