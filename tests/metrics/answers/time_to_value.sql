with step as (
    select account_id, min(day) filter (name = 'search' or feature = 'search') as s1,
           min(day) filter (name = 'report' or feature = 'report') as s2,
           min(day) filter (name = 'sent' or feature = 'sent') as s3
    from e group by 1)
select a.account_id, greatest(s1, s2, s3) - ($day - a.tenure_days::integer) as value
from accounts a join step using (account_id)
where s1 <= $day and s2 <= $day and s3 <= $day and a.tenure_days is not null
