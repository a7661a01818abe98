select a.account_id, case when a.begun then
    (select count(*) from e where name in ('login', 'sso') and channel = 'person' and day <= $day) end as value
from accounts_on($day) a
