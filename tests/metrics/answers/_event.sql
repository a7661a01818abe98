-- Events as people read them: an empty quantity is one, an empty channel a person, errors are zero unless said.
create or replace table e as
select account_id, user_key, event_id, session_id, name, feature, occurred_at, local_day(occurred_at) as day,
       coalesce(channel, 'person') as channel, coalesce(quantity, 1) as quantity, coalesce(error, 0) as error,
       duration_s
from event where not deleted;

-- Events of people in the n days up to d.
create or replace macro acts(d, n) as table
select * from e where channel = 'person' and day <= d and day > d - n;

-- Whether the event log covers the n days up to d whole.
create or replace macro covers(d, n) as (select d - n + 1 >= min(day) from e);

-- Accounts that exist on d, and whether the event log had begun by then.
create or replace macro accounts_on(d) as table
select account_id, d >= (select min(day) from e) as begun from accounts
where created_on is null or created_on <= d;

-- Different users in the n days up to d; unknown where there are events but none that names its user.
create or replace macro users_on(d, n) as table
select a.account_id,
       case when not any_value(a.begun) then null
            when count(w.user_key) > 0 then count(distinct w.user_key)
            when count(w.event_id) > 0 then null
            else 0 end as value
from accounts_on(d) a left join acts(d, n) w on w.account_id = a.account_id
group by a.account_id;

create or replace macro user_days_on(d, n) as table
select a.account_id,
       case when not any_value(a.begun) then null
            when count(w.user_key) > 0 then count(distinct (w.user_key, w.day)) filter (w.user_key is not null)
            when count(w.event_id) > 0 then null
            else 0 end as value
from accounts_on(d) a left join acts(d, n) w on w.account_id = a.account_id
group by a.account_id;

create or replace macro actions_on(d, n) as table
select a.account_id, case when any_value(a.begun) then coalesce(sum(w.quantity), 0) end as value
from accounts_on(d) a left join acts(d, n) w on w.account_id = a.account_id
group by a.account_id;

create or replace macro api_on(d, n) as table
select a.account_id, case when any_value(a.begun) then coalesce(sum(w.quantity), 0) end as value
from accounts_on(d) a
left join (select * from e where channel = 'api' and day <= d and day > d - n) w on w.account_id = a.account_id
group by a.account_id;

create or replace macro login_events_on(d, n) as table
select a.account_id, case when any_value(a.begun) then count(w.event_id) end as value
from accounts_on(d) a left join acts(d, n) w on w.account_id = a.account_id and w.name in ('login', 'sso')
group by a.account_id;

create or replace macro features_on(d, n) as table
select a.account_id, case when any_value(a.begun) then count(distinct w.feature) end as value
from accounts_on(d) a left join acts(d, n) w on w.account_id = a.account_id
group by a.account_id;

create or replace macro share_of_features(d, n, listed) as table
select a.account_id, case when any_value(a.begun) then count(distinct w.feature) / len(listed)::double end as value
from accounts_on(d) a left join acts(d, n) w on w.account_id = a.account_id and list_contains(listed, w.feature)
group by a.account_id;

-- Session starts of people, each on the day of the first event of the session.
create or replace table starts as
select account_id, day from (
    select account_id, day, occurred_at,
           lag(occurred_at) over (partition by account_id, session_id order by occurred_at) as before
    from e where channel = 'person' and session_id is not null)
where before is null or occurred_at - before >= interval 48 hours
union all
select account_id, day from (
    select account_id, day, occurred_at,
           lag(occurred_at) over (partition by account_id, user_key order by occurred_at) as before
    from e where channel = 'person' and session_id is null and user_key is not null)
where before is null or occurred_at - before >= interval 30 minutes;

create or replace macro sessions_on(d, n) as table
select a.account_id,
       case when not a.begun then null
            when coalesce(s.sessions, 0) > 0 then s.sessions
            when coalesce(u.unplaced, 0) > 0 then null
            else 0 end as value
from accounts_on(d) a
left join (select account_id, count(*) as sessions from starts where day <= d and day > d - n group by 1) s
       on s.account_id = a.account_id
left join (select account_id, count(*) as unplaced from acts(d, n)
           where user_key is null and session_id is null group by 1) u on u.account_id = a.account_id;

-- One row a user with anything done in the n days up to d.
create or replace macro person(d, n) as table
select account_id, user_key, count(distinct day) as days, sum(quantity) as actions, max(day) as last,
       bool_or(name = 'search' or feature = 'search') and bool_or(name = 'report' or feature = 'report')
       and bool_or(name = 'sent' or feature = 'sent') as whole_workflow
from acts(d, n) where user_key is not null group by account_id, user_key;

-- Change of what two tables say, as a share of the earlier.
create or replace macro relative(later, earlier) as
case when later is null or earlier is null or earlier = 0 then null
     else (later::double - earlier::double) / earlier::double end;

-- End of the last complete week and month.
create or replace macro week_end(d) as (d - (isodow(d) % 7)::integer)::date;
create or replace macro month_end(d) as
case when last_day(d) = d then d else (date_trunc('month', d)::date - 1) end;

-- The four milestones: place and days allowed; the day on which each account reached them.
create or replace macro milestones_of() as table
select * from (values (0, 14), (1, 30), (2, 420), (3, 90)) as m(place, due);
create or replace macro milestone_days() as table
select account_id, 0 as place, min(day) as day from e where feature = 'report' group by 1
union all select account_id, 1, min(day) from e where name = 'sent' group by 1
union all select account_id, 2, min(day) from e where feature = 'automation' group by 1;
