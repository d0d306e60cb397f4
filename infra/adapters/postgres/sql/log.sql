-- The log of one election in one environment: one schema, made by `migrations`.

-- name: lock_timeout
SET LOCAL lock_timeout = '30s';

-- name: lock_events
LOCK TABLE {schema}.stored_events IN EXCLUSIVE MODE;

-- name: notify
NOTIFY {channel};

-- name: listen
LISTEN {channel};

-- name: last_position
SELECT coalesce(max(notification_id), 0) FROM {schema}.stored_events;

-- name: begin_turn
SELECT clock_timestamp(), (SELECT coalesce(max(notification_id), 0) FROM {schema}.stored_events);

-- name: insert_events
INSERT INTO {schema}.stored_events
    (originator_id, originator_version, topic, state, notification_id)
SELECT e.originator_id, e.originator_version, e.topic, e.state, %b + e.place
FROM unnest(%b::text[], %b::bigint[], %b::text[], %b::bytea[])
    WITH ORDINALITY AS e (originator_id, originator_version, topic, state, place);

-- name: insert_submissions
-- And with them the last posting of every office that posted.
WITH moved AS (
    INSERT INTO {schema}.office_chains (office, sequence, sha256)
    SELECT * FROM unnest(%b::text[], %b::bigint[], %b::text[])
    ON CONFLICT (office) DO UPDATE SET sequence = excluded.sequence, sha256 = excluded.sha256
)
INSERT INTO {schema}.submissions
    (office, submission_id, sha256, first_position, last_position, recorded_at)
SELECT * FROM unnest(%b::text[], %b::text[], %b::bytea[], %b::bigint[], %b::bigint[], %b::timestamptz[]);

-- name: find_submissions
SELECT s.sha256, s.first_position, s.last_position, e.topic, e.state
FROM unnest(%b::text[], %b::text[]) AS asked (office, submission_id)
JOIN {schema}.submissions AS s USING (office, submission_id)
JOIN {schema}.stored_events AS e ON e.notification_id = s.last_position;

-- name: find_chains
SELECT office, sequence, sha256 FROM {schema}.office_chains WHERE office = ANY(%b::text[]);

-- name: streams_since
SELECT DISTINCT originator_id FROM {schema}.stored_events WHERE notification_id > %b;

-- name: load_streams
SELECT topic, state FROM {schema}.stored_events
WHERE originator_id = ANY(%b::text[])
ORDER BY originator_id, originator_version;

-- name: list_streams
SELECT originator_id FROM {schema}.stored_events
WHERE originator_id ^@ %b::text AND originator_version = 1;

-- name: read_after
SELECT notification_id, topic, state, originator_id, originator_version
FROM {schema}.stored_events
WHERE notification_id > %b
ORDER BY notification_id
LIMIT %b;

-- name: read_at
SELECT notification_id, topic, state, originator_id, originator_version
FROM {schema}.stored_events
WHERE notification_id = %b;
