select account_id, $day - max(day) as value from e
where day <= $day and account_id in (select account_id from accounts) group by account_id
