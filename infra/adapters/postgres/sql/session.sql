-- How a writer's connection differs from others.

-- name: never_stand_still
-- A writer that hangs must not keep the others waiting for the lock.
SET idle_in_transaction_session_timeout = '10s';

-- name: wait_for_turn
-- Said once: in every turn it would be a statement more. As long as `lock_timeout` of the log says.
SET lock_timeout = '30s';

-- name: commit_to_disk
-- A receipt promises that a crash does not undo the posting.
SELECT set_config('synchronous_commit', 'on', false)
WHERE current_setting('synchronous_commit') = 'off';
