select l.account_id, case when l.value > 0 then 1 - m.value / l.value::double end as value
from users_on($day, 180) l join users_on($day, 30) m using (account_id)
