select b.account_id, case when covers($day - 30, 30) then relative(b.value, o.value) end as value
from api_on($day, 30) b join api_on($day - 30, 30) o using (account_id)
