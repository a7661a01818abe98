-- Vocabulary of the answers about records: money is in EUR; <record>_on(d) holds, of each key that was there
-- by day d, the version that held at its end, the first version standing also for the time before it.
CREATE OR REPLACE MACRO within(x, d, n) AS x <= d AND x > d - n;
CREATE OR REPLACE MACRO held(f, d) AS local_day(f) <= d;
CREATE OR REPLACE MACRO existing(d) AS TABLE
    SELECT account_id FROM accounts WHERE created_on IS NULL OR created_on <= d;
CREATE OR REPLACE MACRO in_eur(money, cur, d) AS CAST(round(CAST(money AS DOUBLE) * CASE
    WHEN cur IS NULL OR upper(cur) = 'EUR' THEN 1.0
    ELSE (SELECT arg_max(x.rate, x.date) FROM exchange_rate x
          WHERE x.base = 'EUR' AND upper(x.currency) = upper(cur) AND x.date <= d) END, 6) AS DECIMAL(18, 6));
CREATE OR REPLACE MACRO account_on(d) AS TABLE
    SELECT * FROM account WHERE NOT deleted AND account_id IN (SELECT account_id FROM accounts) AND coalesce(local_day(created_at) <= d, true)
    QUALIFY row_number() OVER (PARTITION BY account_id ORDER BY
        held(coalesce(effective_at, known_at), d) DESC,
        CASE WHEN held(coalesce(effective_at, known_at), d) THEN -1 ELSE 1 END * epoch_us(coalesce(effective_at, known_at))) = 1;
CREATE OR REPLACE MACRO contact_on(d) AS TABLE
    SELECT * FROM contact WHERE NOT deleted AND account_id IN (SELECT account_id FROM accounts) AND coalesce(local_day(since) <= d, true)
    QUALIFY row_number() OVER (PARTITION BY contact_key ORDER BY
        held(coalesce(effective_at, known_at), d) DESC,
        CASE WHEN held(coalesce(effective_at, known_at), d) THEN -1 ELSE 1 END * epoch_us(coalesce(effective_at, known_at))) = 1;
CREATE OR REPLACE MACRO subscription_on(d) AS TABLE
    SELECT * FROM subscription WHERE NOT deleted AND account_id IN (SELECT account_id FROM accounts)
    QUALIFY row_number() OVER (PARTITION BY subscription_id ORDER BY
        held(coalesce(effective_at, known_at), d) DESC,
        CASE WHEN held(coalesce(effective_at, known_at), d) THEN -1 ELSE 1 END * epoch_us(coalesce(effective_at, known_at))) = 1;
CREATE OR REPLACE MACRO opportunity_on(d) AS TABLE
    SELECT * FROM opportunity WHERE NOT deleted AND account_id IN (SELECT account_id FROM accounts) AND coalesce(local_day(opened_at) <= d, true)
    QUALIFY row_number() OVER (PARTITION BY opportunity_id ORDER BY
        held(coalesce(effective_at, known_at), d) DESC,
        CASE WHEN held(coalesce(effective_at, known_at), d) THEN -1 ELSE 1 END * epoch_us(coalesce(effective_at, known_at))) = 1;
CREATE OR REPLACE MACRO invoice_on(d) AS TABLE
    SELECT * FROM invoice WHERE NOT deleted AND account_id IN (SELECT account_id FROM accounts) AND coalesce(issued_on <= d, true)
    QUALIFY row_number() OVER (PARTITION BY invoice_id ORDER BY
        held(coalesce(effective_at, known_at), d) DESC,
        CASE WHEN held(coalesce(effective_at, known_at), d) THEN -1 ELSE 1 END * epoch_us(coalesce(effective_at, known_at))) = 1;
CREATE OR REPLACE MACRO ticket_on(d) AS TABLE
    SELECT * FROM ticket WHERE NOT deleted AND account_id IN (SELECT account_id FROM accounts) AND coalesce(local_day(opened_at) <= d, true)
    QUALIFY row_number() OVER (PARTITION BY ticket_id ORDER BY
        held(coalesce(effective_at, known_at), d) DESC,
        CASE WHEN held(coalesce(effective_at, known_at), d) THEN -1 ELSE 1 END * epoch_us(coalesce(effective_at, known_at))) = 1;
CREATE OR REPLACE MACRO message_on(d) AS TABLE
    SELECT * FROM message WHERE NOT deleted AND account_id IN (SELECT account_id FROM accounts) AND coalesce(local_day(sent_at) <= d, true)
    QUALIFY row_number() OVER (PARTITION BY message_id ORDER BY
        held(coalesce(effective_at, known_at), d) DESC,
        CASE WHEN held(coalesce(effective_at, known_at), d) THEN -1 ELSE 1 END * epoch_us(coalesce(effective_at, known_at))) = 1;
CREATE OR REPLACE MACRO survey_response_on(d) AS TABLE
    SELECT * FROM survey_response WHERE NOT deleted AND account_id IN (SELECT account_id FROM accounts) AND coalesce(local_day(coalesce(asked_at, answered_at)) <= d, true)
    QUALIFY row_number() OVER (PARTITION BY response_id ORDER BY
        held(coalesce(effective_at, known_at), d) DESC,
        CASE WHEN held(coalesce(effective_at, known_at), d) THEN -1 ELSE 1 END * epoch_us(coalesce(effective_at, known_at))) = 1;
CREATE OR REPLACE MACRO interaction_on(d) AS TABLE
    SELECT * FROM interaction WHERE NOT deleted AND account_id IN (SELECT account_id FROM accounts) AND coalesce(local_day(coalesce(booked_at, scheduled_at, held_at)) <= d, true)
    QUALIFY row_number() OVER (PARTITION BY interaction_id ORDER BY
        held(coalesce(effective_at, known_at), d) DESC,
        CASE WHEN held(coalesce(effective_at, known_at), d) THEN -1 ELSE 1 END * epoch_us(coalesce(effective_at, known_at))) = 1;
CREATE OR REPLACE MACRO goal_on(d) AS TABLE
    SELECT * FROM goal WHERE NOT deleted AND account_id IN (SELECT account_id FROM accounts) AND coalesce(set_on <= d, true)
    QUALIFY row_number() OVER (PARTITION BY goal_id ORDER BY
        held(coalesce(effective_at, known_at), d) DESC,
        CASE WHEN held(coalesce(effective_at, known_at), d) THEN -1 ELSE 1 END * epoch_us(coalesce(effective_at, known_at))) = 1;
CREATE OR REPLACE MACRO outcome_on(d) AS TABLE
    SELECT * FROM outcome WHERE NOT deleted AND account_id IN (SELECT account_id FROM accounts) AND coalesce(local_day(occurred_at) <= d, true)
    QUALIFY row_number() OVER (PARTITION BY account_id, kind, occurred_at ORDER BY
        held(coalesce(effective_at, known_at), d) DESC,
        CASE WHEN held(coalesce(effective_at, known_at), d) THEN -1 ELSE 1 END * epoch_us(coalesce(effective_at, known_at))) = 1;
CREATE OR REPLACE MACRO value_claim_on(d) AS TABLE
    SELECT * FROM value_claim WHERE NOT deleted AND account_id IN (SELECT account_id FROM accounts) AND coalesce(claimed_on <= d, true)
    QUALIFY row_number() OVER (PARTITION BY claim_id ORDER BY
        held(coalesce(effective_at, known_at), d) DESC,
        CASE WHEN held(coalesce(effective_at, known_at), d) THEN -1 ELSE 1 END * epoch_us(coalesce(effective_at, known_at))) = 1;
CREATE OR REPLACE MACRO value_question_on(d) AS TABLE
    SELECT * FROM value_question WHERE NOT deleted AND account_id IN (SELECT account_id FROM accounts) AND coalesce(local_day(asked_at) <= d, true)
    QUALIFY row_number() OVER (PARTITION BY question_id ORDER BY
        held(coalesce(effective_at, known_at), d) DESC,
        CASE WHEN held(coalesce(effective_at, known_at), d) THEN -1 ELSE 1 END * epoch_us(coalesce(effective_at, known_at))) = 1;
CREATE OR REPLACE MACRO external_signal_on(d) AS TABLE
    SELECT * FROM external_signal WHERE NOT deleted AND account_id IN (SELECT account_id FROM accounts) AND coalesce(local_day(observed_at) <= d, true)
    QUALIFY row_number() OVER (PARTITION BY signal_id ORDER BY
        held(coalesce(effective_at, known_at), d) DESC,
        CASE WHEN held(coalesce(effective_at, known_at), d) THEN -1 ELSE 1 END * epoch_us(coalesce(effective_at, known_at))) = 1;
CREATE OR REPLACE MACRO pulse_on(d) AS TABLE
    SELECT * FROM pulse WHERE NOT deleted AND account_id IN (SELECT account_id FROM accounts) AND coalesce(local_day("at") <= d, true)
    QUALIFY row_number() OVER (PARTITION BY account_id, dimension, author_key ORDER BY
        held(coalesce(effective_at, known_at), d) DESC,
        CASE WHEN held(coalesce(effective_at, known_at), d) THEN -1 ELSE 1 END * epoch_us(coalesce(effective_at, known_at))) = 1;
CREATE OR REPLACE MACRO running(d) AS TABLE
    SELECT *, coalesce(renews_on, ends_on) AS decides_on, in_eur(mrr, currency, d) AS eur,
           in_eur(list_mrr, currency, d) AS list_eur
    FROM subscription_on(d)
    WHERE starts_on <= d
      AND CASE WHEN ends_on IS NULL THEN coalesce(status, 'active') NOT IN ('cancelled', 'ended', 'paused')
               ELSE ends_on >= d AND status IS DISTINCT FROM 'paused' END;
CREATE OR REPLACE MACRO seats_on(d) AS TABLE
    SELECT a.account_id, coalesce(sum(r.seats), 0) AS seats
    FROM existing(d) a LEFT JOIN running(d) r USING (account_id) GROUP BY 1;
CREATE OR REPLACE MACRO touches(d) AS TABLE
    SELECT contact_key, max(day) AS touched FROM (
        SELECT contact_key, local_day(held_at) AS day FROM interaction_on(d) WHERE kind IN ('meeting', 'review', 'call')
        UNION ALL SELECT contact_key, local_day(replied_at) FROM interaction_on(d)
        UNION ALL SELECT contact_key, local_day(sent_at) FROM message_on(d) WHERE direction = 'inbound')
    WHERE day <= d AND contact_key IS NOT NULL GROUP BY 1;
-- Once a day: what is asked of a macro is planned anew in each answer.
CREATE OR REPLACE TEMP TABLE people AS
    WITH moves AS (
        SELECT contact_key, max(local_day(observed_at)) AS moved FROM external_signal_on($day)
        WHERE kind = 'job change' GROUP BY 1),
    known AS (
        SELECT c.*, local_day(c.since) AS first_day, m.moved,
               CASE WHEN local_day(c.left_at) <= $day THEN local_day(c.left_at) END AS left_day, t.touched
        FROM contact_on($day) c LEFT JOIN moves m USING (contact_key) LEFT JOIN touches($day) t USING (contact_key))
    SELECT *, CASE WHEN left_day IS NULL OR moved < left_day THEN coalesce(moved, left_day) ELSE left_day END AS gone_on,
           (left_day IS NOT NULL OR moved IS NOT NULL OR (left_at IS NULL AND status IS NOT DISTINCT FROM 'left')) AS gone,
           CASE WHEN touched IS NULL OR first_day > touched THEN first_day ELSE touched END AS silent_since,
           coalesce(roles, '') AS role_text
    FROM known;
