SELECT a.account_id, count(s.signal_id) AS value FROM existing($day) a LEFT JOIN external_signal_on($day) s
ON s.account_id = a.account_id AND (s.kind = 'hiring' OR s.kind = 'funding') AND within(local_day(s.observed_at), $day, 90) GROUP BY 1
