select a.account_id, case when any_value(a.begun) then count(w.event_id) end as value
from accounts_on($day) a left join acts($day, 30) w on w.account_id = a.account_id
     and (lower(w.name) like '%export%' or coalesce(w.feature = 'export', false))
group by a.account_id
