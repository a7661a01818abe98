SELECT account_id, arg_max(coalesce(term_months, round((decides_on - starts_on) / 30.4375)), (starts_on, subscription_id)) AS value
FROM running($day) WHERE term_months IS NOT NULL OR decides_on IS NOT NULL GROUP BY 1
