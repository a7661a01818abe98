select s.account_id, case when s.value > 0 then t.seconds::double / 60.0 / s.value end as value
from sessions_on($day, 30) s
join (select account_id, sum(duration_s) as seconds from acts($day, 30) group by 1) t using (account_id)
