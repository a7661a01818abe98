SELECT p.account_id, (count(*) FILTER (o.mrr < p.mrr) + count(*) FILTER (o.mrr = p.mrr) / 2.0) / count(*) AS value
FROM accounts p CROSS JOIN accounts o WHERE p.scored AND o.scored AND p.mrr IS NOT NULL AND o.mrr IS NOT NULL GROUP BY 1
