WITH free AS (SELECT * FROM message_on($day) WHERE ticket_id IS NULL)
SELECT o.account_id, avg(CASE WHEN EXISTS (
    SELECT 1 FROM free i WHERE i.account_id = o.account_id AND i.direction = 'inbound'
    AND (i.sent_at, i.message_id) > (o.sent_at, o.message_id) AND i.sent_at <= o.sent_at + INTERVAL 14 DAY)
    THEN 1.0 ELSE 0.0 END) AS value
FROM free o WHERE o.direction = 'outbound' AND o.bulk IS DISTINCT FROM true
AND local_day(o.sent_at) > $day - 90 AND local_day(o.sent_at) <= $day - 14
GROUP BY 1
