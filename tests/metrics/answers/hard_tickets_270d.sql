SELECT a.account_id, count(t.ticket_id) AS value FROM existing($day) a LEFT JOIN ticket_on($day) t
ON t.account_id = a.account_id AND within(local_day(t.opened_at), $day, 270)
AND (coalesce(t.priority = 'urgent', false) OR coalesce(t.escalated, false)
     OR (local_day(t.closed_at) <= $day AND (coalesce(t.reopened, false) OR coalesce(t.csat <= 2, false))))
GROUP BY 1
