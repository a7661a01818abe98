SELECT account_id, count(i.interaction_id) AS value FROM existing($day) LEFT JOIN interaction_on($day) i
USING (account_id) WHERE i.kind = 'content' AND within(local_day(i.held_at), $day, 90) GROUP BY 1
UNION ALL BY NAME
SELECT account_id, 0 AS value FROM existing($day) WHERE account_id NOT IN (
    SELECT account_id FROM interaction_on($day) WHERE kind = 'content' AND within(local_day(held_at), $day, 90))
