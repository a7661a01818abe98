SELECT account_id, arg_max(rating, ("at", author_key)) AS value FROM pulse_on($day)
WHERE dimension = 'influence' AND rating IS NOT NULL AND coalesce(local_day(expires_at) > $day, true) GROUP BY 1
