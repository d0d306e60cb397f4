-- Which snapshots of the read model processes have written.

-- name: note
INSERT INTO {schema}.snapshots (sha256, position) VALUES (%s, %s) ON CONFLICT DO NOTHING;

-- name: forget
DELETE FROM {schema}.snapshots WHERE sha256 NOT IN (
    SELECT sha256 FROM {schema}.snapshots ORDER BY written_at DESC LIMIT 20
);

-- name: known
SELECT position FROM {schema}.snapshots WHERE sha256 = %s;

-- name: find_events
SELECT e.topic, e.state
FROM unnest(%b::text[], %b::bigint[]) WITH ORDINALITY AS asked (stream, version, place)
JOIN {schema}.stored_events AS e
    ON e.originator_id = asked.stream AND e.originator_version = asked.version
ORDER BY asked.place;
