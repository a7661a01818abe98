SELECT account_id, $day - max(local_day(held_at)) AS value FROM interaction_on($day)
WHERE kind IN ('meeting', 'review', 'call') AND local_day(held_at) <= $day GROUP BY 1
