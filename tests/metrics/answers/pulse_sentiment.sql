SELECT account_id, arg_max(rating, ("at", author_key)) AS value FROM pulse_on($day)
WHERE dimension = 'sentiment' AND rating IS NOT NULL AND coalesce(expires_at >= $until, true) GROUP BY 1
