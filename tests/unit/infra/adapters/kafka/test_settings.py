"""Settings of the connection to Kafka, as an operator gives them."""

import pytest
from kafka.net.manager import KafkaConnectionManager
from kafka.net.selector import NetworkSelector

from infra.adapters.kafka.kafka_settings import KafkaSettings
from infra.adapters.kafka.topics import Topic, build_topics, topic_faults


def test_addresses_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAFKA_BOOTSTRAP_SERVERS", "one:9092,two:9092")
    settings = KafkaSettings()
    assert settings.connection()["bootstrap_servers"] == ["one:9092", "two:9092"]
    assert settings.connection()["security_protocol"] == "PLAINTEXT"


def test_tls_and_login_reach_the_client_and_the_password_is_not_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KAIHYO_KAFKA_SECURITY", "SASL_SSL")
    monkeypatch.setenv("KAIHYO_KAFKA_CA_FILE", "/etc/kaihyo/ca.pem")
    monkeypatch.setenv("KAIHYO_KAFKA_USERNAME", "relay")
    monkeypatch.setenv("KAIHYO_KAFKA_PASSWORD", "hidden-word")
    settings = KafkaSettings()
    told = settings.producing()
    assert told["ssl_cafile"] == "/etc/kaihyo/ca.pem"
    assert told["sasl_mechanism"] == "SCRAM-SHA-512"
    assert "hidden-word" in told.values()
    assert "hidden-word" not in repr(settings)


def test_nothing_is_lost_nor_out_of_order_by_setting() -> None:
    told = KafkaSettings().producing()
    assert told["acks"] == "all"
    assert told["enable_idempotence"] is True
    events, results = build_topics(KafkaSettings())
    assert events.configs["cleanup.policy"] == "delete"
    assert events.configs["retention.ms"] == events.configs["retention.bytes"] == "-1"
    assert results.configs["cleanup.policy"] == "compact"
    assert events.configs["min.insync.replicas"] == "2"
    assert events.configs["unclean.leader.election.enable"] == "false"


def test_a_topic_made_by_somebody_else_is_checked() -> None:
    topic = Topic("kaihyo.events", 4, 3, {"retention.ms": "-1"})
    assert topic_faults(topic, 4, 3, {"retention.ms": "-1"}) == []
    faults = topic_faults(topic, 6, 1, {"retention.ms": "604800000"})
    assert [fault.partition(":")[0] for fault in faults] == [
        "kaihyo.events has 6 partitions, not 4",
        "kaihyo.events has 1 copies, fewer than 3",
        "kaihyo.events has retention.ms=604800000, not -1",
    ]


def test_no_broker_is_waited_for_longer_than_a_request_may_take() -> None:
    """The library's own patience doubles up to half a minute.

    See `infra.adapters.kafka.patches.connection_waits`.
    """
    KafkaSettings(timeout_seconds=2).connection()

    manager = KafkaConnectionManager(NetworkSelector())

    assert manager.config["socket_connection_setup_timeout_ms"] == 2000
    assert manager.config["socket_connection_setup_timeout_max_ms"] == 2000
