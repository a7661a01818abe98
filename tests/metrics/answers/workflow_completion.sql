select account_id, count(*) filter (whole_workflow) / count(*)::double as value from person($day, 30)
where account_id in (select account_id from accounts) group by account_id
