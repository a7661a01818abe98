select m.account_id, case when m.value > 0 then u.value / 30.0 / m.value end as value
from users_on($day, 30) m join user_days_on($day, 30) u using (account_id)
