-- How a writer's connection differs from others.

-- name: never_stand_still
-- A writer that hangs must not keep the others waiting for the lock.
SET idle_in_transaction_session_timeout = '10s';

-- name: commit_to_disk
-- A receipt promises that a crash does not undo the posting.
SELECT set_config('synchronous_commit', 'on', false)
WHERE current_setting('synchronous_commit') = 'off';
