SELECT account_id, coalesce(sum(CASE WHEN i.kind = 'community' AND within(local_day(i.held_at), $day, 90) THEN 1 END), 0) AS value
FROM existing($day) LEFT JOIN interaction_on($day) i USING (account_id) GROUP BY 1
