-- What live processes left: the digest of all their documents at a position.

-- name: leave
INSERT INTO {schema}.live_digests (position, digest, format) VALUES (%s, %s, %s)
ON CONFLICT (position) DO UPDATE SET digest = excluded.digest, format = excluded.format;

-- name: last
SELECT position, digest, format FROM {schema}.live_digests ORDER BY position DESC LIMIT 1;
