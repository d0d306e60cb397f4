-- Tables for analysts: one schema per election and environment, beside the log and apart from it.
-- {rows}, {columns}, {key} and {updates} are filled from the definitions of the tables.

-- name: create_schema
CREATE SCHEMA IF NOT EXISTS {schema};

-- name: create_progress
CREATE TABLE IF NOT EXISTS {schema}.progress (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    election text NOT NULL,
    environment text NOT NULL,
    warning text NOT NULL,
    position bigint NOT NULL,
    updated_at timestamptz NOT NULL
);
ALTER TABLE {schema}.progress ADD COLUMN IF NOT EXISTS format integer NOT NULL DEFAULT 1;

-- name: lock
SELECT pg_advisory_xact_lock(hashtextextended(%s, 0));

-- name: read_position
SELECT position, format FROM {schema}.progress;

-- name: write_position
INSERT INTO {schema}.progress (election, environment, warning, position, updated_at, format)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (only_row) DO UPDATE
SET position = excluded.position, updated_at = excluded.updated_at, warning = excluded.warning,
    format = excluded.format;
