-- The log of one election in one environment: one schema.
-- `stored_events` has the columns and the name that the eventsourcing library expects.

-- name: take_turns_creating
SELECT pg_advisory_xact_lock(hashtextextended('kaihyo.create', 0));

-- name: create_schema
CREATE SCHEMA IF NOT EXISTS {schema};

-- name: create_events
-- The position has no default: only who holds the lock can give one, so it has no gaps.
-- ANALYZE and VACUUM would hold up the lock of the writers; rows are only ever added, and every
-- query goes through an index, so both can be rare.
CREATE TABLE IF NOT EXISTS {schema}.stored_events (
    originator_id text COLLATE "C" NOT NULL,
    originator_version bigint NOT NULL CHECK (originator_version > 0),
    topic text NOT NULL,
    state bytea NOT NULL,
    notification_id bigint NOT NULL CHECK (notification_id > 0),
    PRIMARY KEY (originator_id, originator_version)
) WITH (
    autovacuum_analyze_threshold = 50000,
    autovacuum_analyze_scale_factor = 0.5,
    autovacuum_vacuum_insert_threshold = 1000000,
    autovacuum_vacuum_insert_scale_factor = 0.5
);

-- name: create_positions
CREATE UNIQUE INDEX IF NOT EXISTS stored_events_notification_id_idx
    ON {schema}.stored_events (notification_id);

-- name: create_submissions
CREATE TABLE IF NOT EXISTS {schema}.submissions (
    office text COLLATE "C" NOT NULL,
    submission_id text COLLATE "C" NOT NULL,
    sha256 bytea NOT NULL CHECK (length(sha256) = 32),
    first_position bigint NOT NULL CHECK (first_position > 0),
    last_position bigint NOT NULL CHECK (last_position >= first_position),
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (office, submission_id)
);

-- name: key_submissions_by_office
-- In logs of earlier releases an id was everybody's. Whose a submission is stands in its entry.
DO $$
BEGIN
    IF EXISTS (
        SELECT FROM pg_attribute
        WHERE attrelid = '{schema}.submissions'::regclass AND attname = 'office'
    ) THEN
        RETURN;
    END IF;
    ALTER TABLE {schema}.submissions ADD COLUMN office text COLLATE "C";
    UPDATE {schema}.submissions AS s
    SET office = convert_from(e.state, 'UTF8')::jsonb #>> '{{provenance,office}}'
    FROM {schema}.stored_events AS e
    WHERE e.notification_id = s.last_position;
    ALTER TABLE {schema}.submissions
        ALTER COLUMN office SET NOT NULL,
        DROP CONSTRAINT submissions_pkey,
        ADD PRIMARY KEY (office, submission_id);
END
$$;

-- name: create_chains
-- The last signed posting of each office; the log itself has them all.
CREATE TABLE IF NOT EXISTS {schema}.office_chains (
    office text COLLATE "C" PRIMARY KEY,
    sequence bigint NOT NULL CHECK (sequence > 0),
    sha256 text COLLATE "C" NOT NULL CHECK (length(sha256) = 64)
);

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

-- name: database_time
SELECT clock_timestamp();

-- name: insert_events
INSERT INTO {schema}.stored_events
    (originator_id, originator_version, topic, state, notification_id)
SELECT e.originator_id, e.originator_version, e.topic, e.state, %b + e.place
FROM unnest(%b::text[], %b::bigint[], %b::text[], %b::bytea[])
    WITH ORDINALITY AS e (originator_id, originator_version, topic, state, place);

-- name: insert_submissions
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

-- name: move_chains
INSERT INTO {schema}.office_chains (office, sequence, sha256)
SELECT * FROM unnest(%b::text[], %b::bigint[], %b::text[])
ON CONFLICT (office) DO UPDATE SET sequence = excluded.sequence, sha256 = excluded.sha256;

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
