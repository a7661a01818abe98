select a.account_id, case when any_value(a.begun) then count(d.day) / 4.0 end as value
from accounts_on($day) a cross join milestones_of() m
left join milestone_days() d on d.account_id = a.account_id and d.place = m.place and d.day <= $day
group by a.account_id
