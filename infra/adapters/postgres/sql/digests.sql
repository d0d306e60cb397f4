-- What live processes left: the digest of all their documents at a position.

-- name: take_turns_creating
-- Writers that end together all find no table; IF NOT EXISTS alone lets two of them make it.
SELECT pg_advisory_xact_lock(hashtextextended('kaihyo.create', 0));

-- name: create
CREATE TABLE IF NOT EXISTS {schema}.live_digests (
    position bigint PRIMARY KEY,
    digest text NOT NULL
);
ALTER TABLE {schema}.live_digests ADD COLUMN IF NOT EXISTS format integer NOT NULL DEFAULT 1;

-- name: leave
INSERT INTO {schema}.live_digests (position, digest, format) VALUES (%s, %s, %s)
ON CONFLICT (position) DO UPDATE SET digest = excluded.digest, format = excluded.format;

-- name: last
SELECT position, digest, format FROM {schema}.live_digests ORDER BY position DESC LIMIT 1;
