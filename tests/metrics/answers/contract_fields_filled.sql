SELECT account_id, avg((CAST(mrr IS NOT NULL AS INT) + CAST(seats IS NOT NULL AS INT) + CAST(currency IS NOT NULL AS INT)
    + CAST(decides_on IS NOT NULL AS INT) + CAST(notice_days IS NOT NULL AS INT)) / 5) AS value FROM running($day) GROUP BY 1
