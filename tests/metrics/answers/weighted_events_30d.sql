select a.account_id,
       case when any_value(a.begun) then coalesce(sum(w.quantity * case
           when w.name in ('login', 'sso') then 1
           when w.feature in ('search', 'report', 'share') then 3
           when w.feature in ('alerts', 'export') then 5
           when w.feature in ('automation', 'audit') then 8
           else 1 end), 0) end as value
from accounts_on($day) a left join acts($day, 30) w using (account_id) group by a.account_id
