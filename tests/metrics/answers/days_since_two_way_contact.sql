WITH moments AS (
    SELECT account_id, held_at AS moment FROM interaction_on($day) WHERE kind IN ('meeting', 'review', 'call')
    UNION ALL SELECT account_id, replied_at FROM interaction_on($day)
    UNION ALL SELECT account_id, sent_at FROM message_on($day) WHERE direction = 'inbound' AND ticket_id IS NULL)
SELECT account_id, $day - max(local_day(moment)) AS value FROM moments WHERE moment < $until GROUP BY 1
