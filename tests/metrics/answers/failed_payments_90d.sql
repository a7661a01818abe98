SELECT a.account_id, count(i.invoice_id) AS value FROM existing($day) a LEFT JOIN invoice_on($day) i
ON i.account_id = a.account_id AND i.status = 'failed' AND within(i.paid_on, $day, 90) GROUP BY 1
