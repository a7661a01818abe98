SELECT account_id, CASE WHEN seats > employee_count THEN 0 ELSE 1 - seats / employee_count END AS value
FROM accounts WHERE employee_count > 0
