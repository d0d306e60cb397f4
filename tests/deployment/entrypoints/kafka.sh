#!/usr/bin/env bash
# What the entry point of the image `apache/kafka` does: settings from the environment, an empty
# folder formatted, the broker.
set -euo pipefail
properties=$PWD/server.properties
env | sed -n 's/^KAFKA_\([A-Z_]*\)=/\1=/p' | while IFS= read -r line; do
  name=${line%%=*}
  [ "$name" = HEAP_OPTS ] || echo "$(tr 'A-Z_' 'a-z.' <<< "$name")=${line#*=}"
done > "$properties"
kafka-storage.sh format --ignore-formatted --cluster-id "$CLUSTER_ID" --config "$properties"
exec kafka-server-start.sh "$properties"
