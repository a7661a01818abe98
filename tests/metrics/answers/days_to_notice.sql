SELECT account_id, min(decides_on - CAST(notice_days AS INTEGER)) - $day AS value FROM running($day)
WHERE decides_on - CAST(notice_days AS INTEGER) >= $day GROUP BY 1
