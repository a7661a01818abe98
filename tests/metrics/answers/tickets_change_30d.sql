SELECT a.account_id, count(*) FILTER (within(local_day(opened_at), $day, 30))
    / nullif(count(*) FILTER (within(local_day(opened_at), $day - 30, 30)), 0) - 1 AS value
FROM existing($day - 30) a JOIN ticket_on($day) t USING (account_id) GROUP BY 1
