SELECT a.account_id, CAST(
    EXISTS (SELECT 1 FROM outcome_on($day) o WHERE o.account_id = a.account_id AND o.kind = 'expansion'
            AND within(local_day(o.occurred_at), $day, 365))
    OR EXISTS (SELECT 1 FROM opportunity_on($day) p WHERE p.account_id = a.account_id AND p.kind = 'expansion'
               AND p.won AND within(local_day(p.closed_at), $day, 365))
    OR EXISTS (SELECT 1 FROM seats_on($day) n JOIN seats_on($day - 365) s USING (account_id)
               WHERE n.account_id = a.account_id AND s.seats > 0 AND n.seats > s.seats) AS INTEGER) AS value
FROM existing($day) a
