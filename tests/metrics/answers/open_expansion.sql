SELECT a.account_id, coalesce(sum(in_eur(o.amount, o.currency, $day)), 0) AS value FROM existing($day) a
LEFT JOIN opportunity_on($day) o ON o.account_id = a.account_id AND o.kind = 'expansion'
    AND (o.closed_at IS NULL OR local_day(o.closed_at) > $day) GROUP BY 1
