with bar as (select quantile_cont(days, 0.8) as bar from person($day, 30))
select p.account_id, count(*) filter (p.days > bar.bar) / count(*)::double as value
from person($day, 30) p, bar
where p.account_id in (select account_id from accounts) group by p.account_id
