-- Every text of a customer that stood on day d, with the day on which it was said and what was read in it.
CREATE OR REPLACE MACRO note_on(d) AS TABLE
    SELECT * FROM note WHERE NOT deleted
    QUALIFY row_number() OVER (PARTITION BY note_id ORDER BY
        held(coalesce(effective_at, known_at), d) DESC,
        CASE WHEN held(coalesce(effective_at, known_at), d) THEN -1 ELSE 1 END * epoch_us(coalesce(effective_at, known_at))) = 1;
CREATE OR REPLACE MACRO survey_text_on(d) AS TABLE
    SELECT * FROM survey_response WHERE NOT deleted
    QUALIFY row_number() OVER (PARTITION BY response_id ORDER BY
        held(coalesce(effective_at, known_at), d) DESC,
        CASE WHEN held(coalesce(effective_at, known_at), d) THEN -1 ELSE 1 END * epoch_us(coalesce(effective_at, known_at))) = 1;
CREATE OR REPLACE MACRO talk_text_on(d) AS TABLE
    SELECT * FROM interaction WHERE NOT deleted
    QUALIFY row_number() OVER (PARTITION BY interaction_id ORDER BY
        held(coalesce(effective_at, known_at), d) DESC,
        CASE WHEN held(coalesce(effective_at, known_at), d) THEN -1 ELSE 1 END * epoch_us(coalesce(effective_at, known_at))) = 1;
CREATE OR REPLACE TEMP TABLE said AS
    WITH t AS (
        SELECT account_id, local_day(opened_at) AS day, unnest([subject_key, text_key]) AS k FROM ticket_on($day)
        UNION ALL SELECT account_id, local_day(sent_at), text_key FROM message_on($day) WHERE direction IS DISTINCT FROM 'outbound'
        UNION ALL SELECT account_id, local_day(coalesce(answered_at, asked_at)), comment_key FROM survey_text_on($day)
        UNION ALL SELECT account_id, local_day(coalesce(held_at, scheduled_at, booked_at)), text_key FROM talk_text_on($day)
        UNION ALL SELECT account_id, local_day("at"), text_key FROM note_on($day))
    SELECT t.account_id, t.day, m.language, m.mood, list_transform(m.mentions, x -> x.kind) AS kinds
    FROM t JOIN existing($day) USING (account_id) LEFT JOIN text_marks m ON m.key = t.k WHERE t.k IS NOT NULL AND t.day <= $day;
CREATE OR REPLACE MACRO mentioned(what, d, n) AS TABLE
    SELECT a.account_id,
           CASE WHEN count(s.day) > 0 AND count(*) FILTER (s.language = 'en') = 0 THEN NULL
                ELSE count(*) FILTER (s.language = 'en' AND list_contains(s.kinds, what)) END AS value
    FROM existing(d) a LEFT JOIN said s ON s.account_id = a.account_id AND within(s.day, d, n)
    GROUP BY 1;
