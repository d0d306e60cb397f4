#!/usr/bin/env bash
# Runs once in the primary, when its data folder is made: the two roles, and no way in but passwords.
set -euo pipefail
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  --set database="$POSTGRES_DB" --set kaihyo="$KAIHYO_PASSWORD" \
  --set replication="$REPLICATION_PASSWORD" --file "$(dirname "${BASH_SOURCE[0]}")/../roles.sql"
access=${ACCESS:-host}  # hostssl: only by TLS
printf '%s\n' "local all all trust" \
  "$access all kaihyo all scram-sha-256" \
  "$access replication replicator all scram-sha-256" > "$PGDATA/pg_hba.conf"
