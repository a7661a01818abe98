select l.account_id,
       case when exists (select 1 from e where name in ('login', 'sso') and channel = 'person' and day <= $day)
            then l.value else u.value end as value
from login_events_on($day, 7) l join user_days_on($day, 7) u using (account_id)
