select b.account_id,
       case when covers($day, 30) and covers($day - 60, 30) then relative(b.value, o.value) end as value
from users_on($day, 30) b join users_on($day - 60, 30) o using (account_id)
