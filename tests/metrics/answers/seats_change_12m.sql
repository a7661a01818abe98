SELECT n.account_id, (n.seats - o.seats) / nullif(o.seats, 0) AS value
FROM seats_on($day) n JOIN seats_on($day - 365) o USING (account_id)
