with points as (
    select 0 as week, account_id, value::double as value from users_on(week_end($day) - 0, 30) where covers(week_end($day) - 0, 30)
    union all select 1 as week, account_id, value::double as value from users_on(week_end($day) - 7, 30) where covers(week_end($day) - 7, 30)
    union all select 2 as week, account_id, value::double as value from users_on(week_end($day) - 14, 30) where covers(week_end($day) - 14, 30)
    union all select 3 as week, account_id, value::double as value from users_on(week_end($day) - 21, 30) where covers(week_end($day) - 21, 30)
    union all select 4 as week, account_id, value::double as value from users_on(week_end($day) - 28, 30) where covers(week_end($day) - 28, 30)
    union all select 5 as week, account_id, value::double as value from users_on(week_end($day) - 35, 30) where covers(week_end($day) - 35, 30)
    union all select 6 as week, account_id, value::double as value from users_on(week_end($day) - 42, 30) where covers(week_end($day) - 42, 30)
    union all select 7 as week, account_id, value::double as value from users_on(week_end($day) - 49, 30) where covers(week_end($day) - 49, 30)
    union all select 8 as week, account_id, value::double as value from users_on(week_end($day) - 56, 30) where covers(week_end($day) - 56, 30)
    union all select 9 as week, account_id, value::double as value from users_on(week_end($day) - 63, 30) where covers(week_end($day) - 63, 30)
    union all select 10 as week, account_id, value::double as value from users_on(week_end($day) - 70, 30) where covers(week_end($day) - 70, 30)
    union all select 11 as week, account_id, value::double as value from users_on(week_end($day) - 77, 30) where covers(week_end($day) - 77, 30)
    union all select 12 as week, account_id, value::double as value from users_on(week_end($day) - 84, 30) where covers(week_end($day) - 84, 30)),
logs as (select account_id, -week as week, ln(1 + value) as y from points where value is not null)
select a.account_id, median((b.y - a.y) / (b.week - a.week)) as value
from logs a join logs b on a.account_id = b.account_id and b.week > a.week
where (select count(*) from logs c where c.account_id = a.account_id) >= 6
  and a.account_id in (select account_id from accounts)
group by a.account_id
