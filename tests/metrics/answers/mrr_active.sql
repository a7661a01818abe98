SELECT account_id, coalesce(sum(r.eur), 0) AS value FROM existing($day) LEFT JOIN running($day) r USING (account_id) GROUP BY 1
