select b.account_id,
       case when covers(month_end($day), 30) and covers(month_end(month_end($day) - 1), 30) then relative(b.value, o.value) end as value
from actions_on(month_end($day), 30) b join actions_on(month_end(month_end($day) - 1), 30) o using (account_id)
