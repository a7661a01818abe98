WITH free AS (SELECT * FROM message_on($day) WHERE ticket_id IS NULL),
pairs AS (
    SELECT o.account_id, o.message_id, min(epoch_us(i.sent_at)) // 1000000 - any_value(epoch_us(o.sent_at)) // 1000000 AS seconds
    FROM free o JOIN free i ON i.account_id = o.account_id AND i.direction = 'inbound'
     AND (i.sent_at, i.message_id) > (o.sent_at, o.message_id) AND i.sent_at <= o.sent_at + INTERVAL 14 DAY
    WHERE o.direction = 'outbound' AND o.bulk IS DISTINCT FROM true AND within(local_day(o.sent_at), $day, 90) GROUP BY 1, 2)
SELECT account_id, median(seconds / 86400.0) AS value FROM pairs GROUP BY 1
