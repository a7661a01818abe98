SELECT account_id, avg(CASE WHEN status = 'held' THEN 1.0 ELSE 0.0 END) AS value FROM interaction_on($day)
WHERE kind IN ('webinar', 'training') AND status NOT IN ('rescheduled') AND within(local_day(scheduled_at), $day, 180)
GROUP BY 1
