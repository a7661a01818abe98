select a.account_id, case when sum(w.quantity) > 0 then sum(w.error)::double / sum(w.quantity)::double end as value
from accounts a join acts($day, 30) w using (account_id) group by a.account_id
