#!/usr/bin/env bash
# What each user may do at the brokers, said once, from inside a broker:
#   kubectl -n kaihyo exec kafka-0 -- bash /scripts/acls.sh house51-rehearsal
# Only the relay may write the events: what stands there is shown.
set -euo pipefail
prefix=$1
allow() { /opt/kafka/bin/kafka-acls.sh --bootstrap-server "${BROKER:-localhost:9092}" --add "$@" > /dev/null; }
# relay: makes and checks topics, writes the events.
allow --allow-principal User:relay --operation All --topic "$prefix" --resource-pattern-type prefixed
allow --allow-principal User:relay --operation Create --operation DescribeConfigs --operation IdempotentWrite --cluster
# reader: the events, and nothing else.
allow --allow-principal User:reader --operation Read --operation Describe --topic "$prefix.events"
# results: reads the events, writes documents in transactions.
allow --allow-principal User:results --operation Read --operation Write --operation Describe --topic "$prefix" --resource-pattern-type prefixed
allow --allow-principal User:results --operation All --transactional-id "$prefix" --resource-pattern-type prefixed
# A partner: one user for each; its documents and a group of its own.
allow --allow-principal User:partner --operation Read --operation Describe --topic "$prefix.results"
allow --allow-principal User:partner --operation Read --group partner --resource-pattern-type prefixed
