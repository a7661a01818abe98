SELECT a.account_id, CAST(EXISTS (
    SELECT 1 FROM interaction_on($day) i WHERE i.account_id = a.account_id AND i.purpose = 'renewal'
    AND (local_day(i.scheduled_at) > $day OR within(local_day(i.held_at), $day, 120))) AS INTEGER) AS value
FROM existing($day) a
