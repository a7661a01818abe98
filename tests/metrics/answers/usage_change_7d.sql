select b.account_id,
       case when covers($day, 7) and covers($day - 7, 7) then relative(b.value, o.value) end as value
from actions_on($day, 7) b join actions_on($day - 7, 7) o using (account_id)
