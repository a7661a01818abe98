SELECT account_id, mrr * 12 AS value FROM accounts
