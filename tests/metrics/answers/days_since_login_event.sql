select account_id, $day - max(day) as value from e
where channel = 'person' and name in ('login', 'sso') and day <= $day
  and account_id in (select account_id from accounts) group by account_id
