SELECT a.account_id, coalesce(sum(in_eur(i.amount, i.currency, $day)), 0) AS value FROM existing($day) a
LEFT JOIN invoice_on($day) i ON i.account_id = a.account_id AND i.due_on < $day
    AND coalesce(i.status, 'open') NOT IN ('void', 'refunded')
    AND (i.paid_on IS NULL OR i.paid_on > $day OR i.status = 'failed') GROUP BY 1
