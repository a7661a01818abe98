select account_id, max(idle) as value from (
    select account_id, feature, $day - max(day) as idle from e
    where channel = 'person' and feature in ('report', 'share') and day <= $day group by 1, 2)
where account_id in (select account_id from accounts) group by account_id
