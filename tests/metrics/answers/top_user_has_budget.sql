with first as (
    select account_id, user_key from person($day, 90) where account_id in (select account_id from accounts)
    qualify row_number() over (partition by account_id order by actions desc, last desc, user_key) = 1)
select f.account_id, max(case when p.user_key = f.user_key and not p.gone
    and regexp_matches(p.role_text, '(sponsor|budget_holder|decision_maker)') then 1 else 0 end) as value
from first f join people p on p.account_id = f.account_id
group by f.account_id having count(*) filter (p.role_text <> '') > 0
