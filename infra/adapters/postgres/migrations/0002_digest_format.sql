-- The format of the documents a digest was taken of; digests from before formats had numbers are
-- of the first.
ALTER TABLE {schema}.live_digests ADD COLUMN IF NOT EXISTS format integer NOT NULL DEFAULT 1;
