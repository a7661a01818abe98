select s.account_id, case when u.value > 0 then s.value / u.value::double end as value
from sessions_on($day, 7) s join users_on($day, 7) u using (account_id)
