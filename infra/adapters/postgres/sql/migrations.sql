-- Which migrations the schema of a log has seen; `infra/adapters/postgres/schema_migrations.py`.

-- name: take_turns
-- The lock that versions before migrations took for making tables: they wait as well.
SELECT pg_advisory_xact_lock(hashtextextended('kaihyo.create', 0));

-- name: lock_timeout
SET LOCAL lock_timeout = '30s';

-- name: has_table
SELECT EXISTS (
    SELECT FROM information_schema.tables
    WHERE table_schema = %s AND table_name = 'schema_migrations'
);

-- name: create
CREATE SCHEMA IF NOT EXISTS {schema};
CREATE TABLE IF NOT EXISTS {schema}.schema_migrations (
    number integer PRIMARY KEY CHECK (number > 0),
    name text NOT NULL,
    sha256 bytea NOT NULL CHECK (length(sha256) = 32),
    applied_at timestamptz NOT NULL DEFAULT now()
);

-- name: applied
SELECT number, name, sha256 FROM {schema}.schema_migrations ORDER BY number;

-- name: add
INSERT INTO {schema}.schema_migrations (number, name, sha256) VALUES (%s, %s, %s);
