#!/usr/bin/env bash
# What the entry point of the image `postgres` does with an empty data folder: a server on a socket
# only, started with the very arguments of the service; the database; the scripts; then the service.
set -euo pipefail
if [ "${1:0:1}" = - ]; then set -- postgres "$@"; fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  user=${POSTGRES_USER:-postgres}
  mkdir -p "$PGDATA"
  initdb --pgdata="$PGDATA" --username="$user" --encoding=UTF8 --locale=C --auth-local=trust \
    --auth-host=scram-sha-256 --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") --no-sync
  options=$(printf '%q ' "${@:2}" -c listen_addresses= -c "unix_socket_directories=$PGHOST")
  pg_ctl start --pgdata="$PGDATA" --wait --timeout=60 --options="$options"
  createdb --username="$user" "$POSTGRES_DB"
  for script in "$INITIAL"/*.sh; do
    POSTGRES_USER=$user bash "$script"
  done
  pg_ctl stop --pgdata="$PGDATA" --mode=fast --wait
fi
exec "$@"
