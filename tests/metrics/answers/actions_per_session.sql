select a.account_id, case when s.value > 0 then a.value::double / s.value end as value
from actions_on($day, 30) a join sessions_on($day, 30) s using (account_id)
