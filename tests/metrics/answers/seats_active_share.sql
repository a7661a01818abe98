select a.account_id, case when a.seats > 0 then u.value / a.seats::double end as value
from accounts a join users_on($day, 30) u using (account_id)
