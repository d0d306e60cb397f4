-- Snapshots of the read model that processes have written: which files may be believed.
CREATE TABLE IF NOT EXISTS {schema}.snapshots (
    sha256 bytea PRIMARY KEY,
    position bigint NOT NULL,
    written_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
