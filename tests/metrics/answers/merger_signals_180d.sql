SELECT a.account_id, count(s.signal_id) AS value FROM existing($day) a LEFT JOIN external_signal_on($day) s
ON s.account_id = a.account_id AND s.kind = 'merger' AND within(local_day(s.observed_at), $day, 180) GROUP BY 1
