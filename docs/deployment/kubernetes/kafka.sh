#!/usr/bin/env bash
# A broker that is a controller as well. Clients come by TLS with a password (SCRAM-SHA-512); their
# users are made with the empty data folder, what each may do is said by acls.sh.
set -euo pipefail
cat > /tmp/server.properties <<END
process.roles=broker,controller
node.id=${HOSTNAME##*-}
controller.quorum.voters=0@kafka-0.kafka:9093,1@kafka-1.kafka:9093,2@kafka-2.kafka:9093
listeners=INSIDE://:9092,CONTROLLER://:9093,CLIENTS://:9094
advertised.listeners=INSIDE://$HOSTNAME.kafka:9092,CLIENTS://$HOSTNAME.kafka:9094
inter.broker.listener.name=INSIDE
controller.listener.names=CONTROLLER
listener.security.protocol.map=INSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT,CLIENTS:SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.clients.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
ssl.keystore.type=PEM
ssl.keystore.location=/tls/keystore.pem
ssl.truststore.type=PEM
ssl.truststore.location=/tls/ca.crt
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:ANONYMOUS
log.dirs=/data/kafka
auto.create.topics.enable=false
default.replication.factor=3
min.insync.replicas=2
offsets.topic.replication.factor=3
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=3
transaction.state.log.min.isr=2
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=3
share.coordinator.state.topic.min.isr=2
unclean.leader.election.enable=false
broker.session.timeout.ms=4000
broker.heartbeat.interval.ms=1000
END
user() { printf -- '--add-scram\nSCRAM-SHA-512=[name=%s,password=%s]\n' "$1" "$2"; }
mapfile -t users < <(
  user relay "$RELAY_PASSWORD"; user reader "$READER_PASSWORD"
  user results "$RESULTS_PASSWORD"; user partner "$PARTNER_PASSWORD"
)
cd /opt/kafka
bin/kafka-storage.sh format --ignore-formatted --cluster-id "$CLUSTER_ID" \
  --config /tmp/server.properties "${users[@]}"
exec bin/kafka-server-start.sh /tmp/server.properties
