with start as (
    select account_id, user_key, min(day) as first from e
    where channel = 'person' and user_key is not null group by 1, 2),
judged as (
    select s.account_id, s.user_key, count(distinct p.day) as days from start s
    join e p on p.account_id = s.account_id and p.user_key = s.user_key and p.channel = 'person'
    where s.first + 14 <= $day and s.first + 14 > $day - 30 and p.day < s.first + 14 group by 1, 2)
select account_id, count(*) filter (days >= 3) / count(*)::double as value from judged
where account_id in (select account_id from accounts) group by account_id
