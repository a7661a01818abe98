SELECT account_id, avg(CASE WHEN paid_on <= due_on AND paid_on <= $day AND coalesce(status, 'paid') <> 'failed' THEN 1.0 ELSE 0.0 END) AS value
FROM invoice_on($day) WHERE due_on < $day AND due_on > $day - 365 AND coalesce(status, 'open') NOT IN ('void', 'refunded')
GROUP BY 1
