SELECT n.account_id, coalesce((n.seats - y.seats) / nullif(y.seats, 0), (n.seats - q.seats) / nullif(q.seats, 0)) AS value
FROM seats_on($day) n LEFT JOIN seats_on($day - 365) y USING (account_id) LEFT JOIN seats_on($day - 90) q USING (account_id)
