select b.account_id, case when covers($day - 30, 30) then relative(b.value, o.value) end as value
from login_events_on($day, 30) b join login_events_on($day - 30, 30) o using (account_id)
