SELECT a.account_id, count(o.opportunity_id) AS value FROM existing($day) a LEFT JOIN opportunity_on($day) o
ON o.account_id = a.account_id AND o.kind = 'renewal' AND o.won = false AND within(local_day(o.closed_at), $day, 180)
GROUP BY 1
