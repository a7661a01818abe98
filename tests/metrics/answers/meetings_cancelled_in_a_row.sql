WITH meetings AS (SELECT * FROM interaction_on($day) WHERE kind IN ('meeting', 'review', 'call')),
held AS (SELECT account_id, max(coalesce(scheduled_at, held_at)) AS last_held FROM meetings
         WHERE local_day(held_at) <= $day GROUP BY 1)
SELECT a.account_id, count(m.interaction_id) AS value
FROM existing($day) a LEFT JOIN held h USING (account_id)
LEFT JOIN meetings m ON m.account_id = a.account_id AND m.status IN ('cancelled', 'no_show')
    AND local_day(m.scheduled_at) <= $day AND (h.last_held IS NULL OR m.scheduled_at > h.last_held)
GROUP BY 1
