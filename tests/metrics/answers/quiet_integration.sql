with api as (
    select account_id, count(distinct day) as days from e
    where channel in ('api', 'automation') and day <= $day and day > $day - 30 group by 1)
select account_id,
       case when not a.begun then null
            when coalesce(api.days, 0) < 15 then 0
            when u.value is null then null
            when u.value <= 2 then 1 else 0 end as value
from accounts_on($day) a join users_on($day, 30) u using (account_id) left join api using (account_id)
