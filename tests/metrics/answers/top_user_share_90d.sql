select account_id, max(actions)::double / sum(actions)::double as value from person($day, 90)
where account_id in (select account_id from accounts) group by account_id
