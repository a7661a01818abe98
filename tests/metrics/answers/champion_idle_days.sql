with champion as (
    select distinct account_id, user_key from contact_on($day)
    where user_key is not null and list_contains(string_split(roles, '|'), 'champion')
      and (left_at is null or left_at >= $until) and coalesce(status, '') <> 'left')
select c.account_id, $day - max(p.day) as value
from champion c join e p on p.account_id = c.account_id and p.user_key = c.user_key
where p.channel = 'person' and p.day <= $day and c.account_id in (select account_id from accounts)
group by c.account_id
