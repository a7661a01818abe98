select a.account_id, case when any_value(a.begun) then case when any_value(f.tenure_days) is not null then count(*) filter (d.day is null and $day - f.tenure_days::integer + m.due < $day) end end as value
from accounts_on($day) a join accounts f using (account_id) cross join milestones_of() m
left join milestone_days() d on d.account_id = a.account_id and d.place = m.place and d.day <= $day
group by a.account_id
