select a.account_id, case when any_value(a.begun) then count(distinct w.day) end as value from accounts_on($day) a
left join (select * from e where channel in ('api', 'automation') and day <= $day and day > $day - 30) w using (account_id)
group by a.account_id
