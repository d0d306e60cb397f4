#!/usr/bin/env bash
# A base backup of the database, checked: backup.sh FOLDER
# Where the server is stands in PGHOST, PGUSER (replicator), PGPASSWORD, ... It may be the standby's.
# WAL from then on is kept by a process of its own, begun before the first backup and never ended:
#   pg_receivewal --directory=/backup/wal --slot=backup --synchronous
# (backup.md says how the slot is made: without it WAL may go before it is kept).
set -euo pipefail
folder=$1
pg_basebackup --pgdata="$folder.part" --wal-method=stream --checkpoint=fast
pg_verifybackup --quiet "$folder.part"
mv "$folder.part" "$folder"
