SELECT account_id, avg(CAST(auto_renew AS INTEGER)) AS value FROM running($day) WHERE auto_renew IS NOT NULL GROUP BY 1
