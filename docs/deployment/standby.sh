#!/usr/bin/env bash
# A standby: a copy of the primary when its data folder is empty, then a server that follows it.
# UPSTREAM says where the primary is and who asks.
set -euo pipefail
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  pg_basebackup --dbname="$UPSTREAM application_name=standby" --pgdata="$PGDATA" \
    --write-recovery-conf --wal-method=stream --checkpoint=fast
  # Once promoted, it must not wait for a standby of its own that nobody has made yet.
  echo "synchronous_standby_names = ''" >> "$PGDATA/postgresql.auto.conf"
fi
exec postgres "$@"
