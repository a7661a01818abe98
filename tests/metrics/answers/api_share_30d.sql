select i.account_id, case when i.value + p.value > 0 then i.value::double / (i.value + p.value)::double end as value
from api_on($day, 30) i join actions_on($day, 30) p using (account_id)
