-- name: standbys
SELECT
    current_setting('synchronous_standby_names') <> '',
    count(*) FILTER (WHERE state = 'streaming' AND sync_state IN ('sync', 'quorum')),
    count(*) FILTER (WHERE sync_state IS NULL)
FROM pg_stat_replication;

-- name: held
SELECT coalesce(max(pg_wal_lsn_diff(
    CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END,
    restart_lsn
)), 0)::bigint
FROM pg_replication_slots;
