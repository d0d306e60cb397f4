-- How far each relay has brought the log: at least to here.

-- name: create
CREATE TABLE IF NOT EXISTS {schema}.relayed (
    topic text PRIMARY KEY,
    position bigint NOT NULL CHECK (position >= 0)
);

-- name: reached
SELECT position FROM {schema}.relayed WHERE topic = %s;

-- name: reach
-- Two relays at once: the one behind never takes the other back.
INSERT INTO {schema}.relayed AS r (topic, position) VALUES (%s, %s)
ON CONFLICT (topic) DO UPDATE SET position = greatest(r.position, excluded.position);

-- name: registered
SELECT state FROM {schema}.stored_events WHERE originator_id = %b::text AND topic = %b::text;

-- name: records_after
-- Entries of a page, assembled and joined here: no row of the log becomes an object of the relay.
-- A unit lies in the prefecture that its code begins with, unless the given units say otherwise.
-- The order within a key is that of the page as long as nothing sorts in between; asking for it
-- here would cost a third more, so who reads this looks whether it is kept.
SELECT key, array_agg(position), string_agg(entry, '\x0a'::bytea)
FROM (
    SELECT
        notification_id AS position,
        CASE WHEN split_part(originator_id, '/', 1) = ANY(%b::text[])
            THEN coalesce(
                %b::jsonb ->> split_part(originator_id, '/', -1),
                left(split_part(originator_id, '/', -1), 2)
            )
            ELSE %b::text
        END AS key,
        %b::bytea || state
        || convert_to(%b::text || notification_id || %b::text || topic || %b::text, 'UTF8')
        AS entry
    FROM {schema}.stored_events
    WHERE notification_id > %b
    ORDER BY notification_id
    LIMIT %b
) AS page
GROUP BY key;
