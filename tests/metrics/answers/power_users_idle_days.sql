with before as (select * from person($day - 30, 30)),
bar as (select quantile_cont(days, 0.8) as bar from before),
power as (select account_id, user_key from before, bar where days > bar)
select p.account_id, avg($day - l.last) as value
from power p join (select account_id, user_key, max(day) as last from acts($day, 60) group by 1, 2) l
  on l.account_id = p.account_id and l.user_key = p.user_key
where p.account_id in (select account_id from accounts) group by p.account_id
