"""What `kafka-acls.sh --add` of Kafka's distribution does, for `acls.sh` in the tests."""

import argparse
import sys

from kafka import KafkaAdminClient
from kafka.admin import (
    ACL,
    ACLOperation,
    ACLPermissionType,
    ACLResourcePatternType,
    ResourcePattern,
    ResourceType,
)

_CLUSTER = "kafka-cluster"


def main(arguments: list[str]) -> None:
    """Add access rules."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--bootstrap-server", required=True)
    parser.add_argument("--add", action="store_true", required=True)
    parser.add_argument("--allow-principal", required=True)
    parser.add_argument("--operation", action="append", required=True)
    parser.add_argument("--resource-pattern-type", default="literal")
    parser.add_argument("--cluster", action="store_true")
    for name in ("--topic", "--group", "--transactional-id"):
        parser.add_argument(name)
    found = parser.parse_args(arguments)
    admin = KafkaAdminClient(bootstrap_servers=found.bootstrap_server.split(","))
    rules = [
        ACL(found.allow_principal, "*", operation, ACLPermissionType.ALLOW, _resource(found))
        for operation in map(_operation, found.operation)
    ]
    assert not admin.create_acls(rules)["failed"]
    admin.close()


def _operation(name: str) -> ACLOperation:
    text = "".join(f"_{letter}" if letter.isupper() else letter for letter in name)
    return ACLOperation[text.lstrip("_").upper()]


def _resource(found: argparse.Namespace) -> ResourcePattern:
    pattern = ACLResourcePatternType[found.resource_pattern_type.upper()]
    if found.cluster:
        return ResourcePattern(ResourceType.CLUSTER, _CLUSTER)
    if found.topic:
        return ResourcePattern(ResourceType.TOPIC, found.topic, pattern)
    if found.group:
        return ResourcePattern(ResourceType.GROUP, found.group, pattern)
    return ResourcePattern(ResourceType.TRANSACTIONAL_ID, found.transactional_id, pattern)


if __name__ == "__main__":
    main(sys.argv[1:])
