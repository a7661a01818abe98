SELECT account_id, $day - max(local_day(replied_at)) AS value FROM interaction_on($day)
WHERE local_day(replied_at) <= $day GROUP BY 1
