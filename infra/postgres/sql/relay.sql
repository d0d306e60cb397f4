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
