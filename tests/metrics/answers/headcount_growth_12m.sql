WITH earlier AS (
    SELECT account_id, arg_max(employee_count, coalesce(effective_at, known_at)) AS was FROM account
    WHERE employee_count > 0 AND coalesce(effective_at, known_at) < $until - INTERVAL 365 DAY GROUP BY 1)
SELECT account_id, CAST(employee_count AS DOUBLE) / was - 1 AS value FROM account_on($day) JOIN earlier USING (account_id)
