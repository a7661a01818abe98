SELECT a.account_id, count(o.kind) AS value FROM existing($day) a LEFT JOIN outcome_on($day) o
ON o.account_id = a.account_id AND o.kind = 'expansion' AND within(local_day(o.occurred_at), $day, 365) GROUP BY 1
