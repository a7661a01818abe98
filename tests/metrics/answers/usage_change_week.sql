select b.account_id,
       case when covers(week_end($day), 7) and covers(week_end($day) - 7, 7) then relative(b.value, o.value) end as value
from actions_on(week_end($day), 7) b join actions_on(week_end($day) - 7, 7) o using (account_id)
