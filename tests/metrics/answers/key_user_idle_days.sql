select account_id, $day - (array_agg(last order by actions desc, last desc))[1] as value from person($day, 90)
where account_id in (select account_id from accounts) group by account_id
