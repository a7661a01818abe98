SELECT account_id, count(*) FILTER (status = 'held') / count(*) AS value FROM interaction_on($day)
WHERE kind IN ('meeting', 'review', 'call') AND within(local_day(scheduled_at), $day, 90)
  AND (status = 'held' OR status = 'cancelled' OR status = 'no_show') GROUP BY 1
