SELECT account_id, min(decides_on) - $day AS value FROM running($day) WHERE decides_on >= $day GROUP BY 1
