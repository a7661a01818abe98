select account_id, sum(duration_s)::double / 1 as value from acts($day, 30)
where account_id in (select account_id from accounts) group by account_id
