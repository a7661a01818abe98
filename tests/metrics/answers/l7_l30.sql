select m.account_id, case when m.value > 0 then w.value / m.value::double end as value
from users_on($day, 30) m join users_on($day, 7) w using (account_id)
