-- The log of one election in one environment: one schema. Logs from before migrations have these
-- tables already, or some of them: hence IF NOT EXISTS, in the first three files only.
-- `stored_events` has the columns and the name that the eventsourcing library expects.

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

CREATE UNIQUE INDEX IF NOT EXISTS stored_events_notification_id_idx
    ON {schema}.stored_events (notification_id);

CREATE TABLE IF NOT EXISTS {schema}.submissions (
    submission_id text COLLATE "C" PRIMARY KEY,
    sha256 bytea NOT NULL CHECK (length(sha256) = 32),
    first_position bigint NOT NULL CHECK (first_position > 0),
    last_position bigint NOT NULL CHECK (last_position >= first_position),
    recorded_at timestamptz NOT NULL
);

-- The last signed posting of each office; the log itself has them all.
CREATE TABLE IF NOT EXISTS {schema}.office_chains (
    office text COLLATE "C" PRIMARY KEY,
    sequence bigint NOT NULL CHECK (sequence > 0),
    sha256 text COLLATE "C" NOT NULL CHECK (length(sha256) = 64)
);

-- The state of the transparency log, in the schema of the log it commits to.
CREATE TABLE IF NOT EXISTS {schema}.transparency (
    origin text COLLATE "C" PRIMARY KEY,
    size bigint NOT NULL CHECK (size >= 0),
    root bytea NOT NULL CHECK (length(root) = 32),
    edge bytea NOT NULL CHECK (length(edge) % 32 = 0),
    checkpoint bytea NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
);

-- What live processes left when they stopped: the digest of all their documents at a position.
CREATE TABLE IF NOT EXISTS {schema}.live_digests (
    position bigint PRIMARY KEY,
    digest text NOT NULL
);
