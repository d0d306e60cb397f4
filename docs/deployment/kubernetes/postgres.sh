#!/usr/bin/env bash
# One pod begins as the primary: the one that PRIMARY names. Every other copies it and follows it.
set -euo pipefail
primary=${PRIMARY:-postgres-0}
settings=(-c wal_level=replica -c max_wal_senders=5 -c wal_keep_size=2GB -c max_slot_wal_keep_size=20GB -c ssl=on
  -c ssl_cert_file=/tls/tls.crt -c ssl_key_file=/tls/tls.key -c ssl_min_protocol_version=TLSv1.2)
if [ "$HOSTNAME" != "$primary" ]; then
  UPSTREAM="host=$primary.postgres user=replicator password=$REPLICATION_PASSWORD"
  export UPSTREAM="$UPSTREAM sslmode=verify-full sslrootcert=/tls/ca.crt"
  exec bash /scripts/standby.sh "${settings[@]}"
fi
exec docker-entrypoint.sh postgres "${settings[@]}"
