-- The state of the transparency log, in the schema of the log it commits to.

-- name: load_row
SELECT origin, size, root, edge, checkpoint FROM {schema}.transparency
WHERE origin = %(origin)s;

-- name: insert_row
INSERT INTO {schema}.transparency (origin, size, root, edge, checkpoint)
VALUES (%(origin)s, %(size)s, %(root)s, %(edge)s, %(checkpoint)s)
ON CONFLICT (origin) DO NOTHING;

-- name: swap_row
-- A log only grows: a smaller size is never swapped in.
UPDATE {schema}.transparency
SET size = %(size)s, root = %(root)s, edge = %(edge)s, checkpoint = %(checkpoint)s,
    updated_at = now()
WHERE origin = %(origin)s
    AND origin = %(old_origin)s
    AND size = %(old_size)s
    AND root = %(old_root)s
    AND edge = %(old_edge)s
    AND checkpoint = %(old_checkpoint)s
    AND size < %(size)s;
