#!/usr/bin/env bash
# A data folder from a base backup, and from all WAL that was kept since: restore.sh BACKUP DATA [WAL]
# Start PostgreSQL on it as ever: it reads the WAL to its end, then takes writes.
set -euo pipefail
backup=$1 data=$2 wal=${3:-}
pg_verifybackup --quiet "$backup"
cp --archive "$backup" "$data"
chmod 700 "$data"
rm -f "$data/standby.signal" "$data/postmaster.pid"
# No standby yet; it must not be waited for.
echo "synchronous_standby_names = ''" >> "$data/postgresql.auto.conf"
if [ -n "$wal" ]; then
  # What was being received when the primary was lost has the name of a part.
  for part in "$wal"/*.partial; do
    if [ -e "$part" ]; then cp "$part" "${part%.partial}"; fi
  done
  echo "restore_command = 'cp $wal/%f %p'" >> "$data/postgresql.auto.conf"
  touch "$data/recovery.signal"
fi
