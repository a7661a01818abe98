select a.account_id, case when any_value(a.begun) then coalesce(sum(w.error), 0) end as value
from accounts_on($day) a left join acts($day, 30) w using (account_id) group by a.account_id
