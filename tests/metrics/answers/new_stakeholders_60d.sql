SELECT a.account_id, count(c.contact_key) AS value FROM existing($day) a LEFT JOIN contact_on($day) c
ON c.account_id = a.account_id AND (c.level = 'executive' OR c.level = 'manager' OR coalesce(c.roles, '') <> '')
AND within(local_day(c.since), $day, 60) GROUP BY 1
