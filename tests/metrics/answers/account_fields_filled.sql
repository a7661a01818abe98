SELECT account_id, (CAST(industry IS NOT NULL AS INT) + CAST(country IS NOT NULL AS INT) + CAST(employee_count IS NOT NULL AS INT)
    + CAST(owner_key IS NOT NULL AS INT) + CAST(plan IS NOT NULL AS INT) + 1) / 6 AS value FROM account_on($day)
