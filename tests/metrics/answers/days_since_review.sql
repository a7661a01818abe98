SELECT account_id, $day - max(local_day(held_at)) AS value FROM interaction_on($day)
WHERE kind = 'review' AND local_day(held_at) <= $day GROUP BY 1
