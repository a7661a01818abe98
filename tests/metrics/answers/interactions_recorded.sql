SELECT a.account_id, count(i.interaction_id) AS value FROM existing($day) a LEFT JOIN interaction_on($day) i
ON i.account_id = a.account_id GROUP BY 1
