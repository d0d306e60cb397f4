"""`kaihyo relay`: carry the log to Kafka."""

from typing import Annotated

import typer

from api.cli.common.console import ERRORS, fail
from api.cli.common.options import DataOption, HostOption, settings_with
from api.cli.common.signals import run_until_signal
from api.cli.services.process_health import relay_status
from infra.adapters.event_log.log_errors import LogUnavailable
from infra.adapters.kafka.connection_check import BrokersRefuse, require_admission
from infra.adapters.kafka.end_marks import TopicOfAnotherLog
from infra.adapters.kafka.kafka_settings import KafkaSettings
from infra.adapters.kafka.topics import TopicUnfit
from infra.adapters.postgres.schemas import LogNotChosen
from infra.bootstrap import open_log
from infra.services.streaming.probe_server import serve_probe
from infra.services.streaming.relay import Relay

BrokersOption = Annotated[
    str | None,
    typer.Option(
        "--brokers", "--from-kafka", help="Kafka のアドレス。既定は KAFKA_BOOTSTRAP_SERVERS。"
    ),
]
ProbeOption = Annotated[
    int, typer.Option("--probe", help="/health と /metrics を出すポート。0 は空きポート。")
]


def kafka_settings(brokers: str | None) -> KafkaSettings:
    """Settings of the environment, with what the command line says on top; the brokers take them.

    Raises:
        typer.Exit: They refuse a certificate, a user or a password.
    """
    settings = KafkaSettings()
    if brokers is not None:
        settings = settings.model_copy(update={"brokers": brokers})
    try:
        require_admission(settings)
    except BrokersRefuse as error:
        raise fail(f"Kafka に入れません（{error}）。KAIHYO_KAFKA_* を確かめてください。") from error
    return settings


def relay(
    brokers: BrokersOption = None,
    data: DataOption = None,
    host: HostOption = None,
    probe: ProbeOption = 9101,
) -> None:
    """記録を読み、Kafka の `kaihyo.events` に送り続ける。二つ動かしてもよい。"""
    settings, kafka = settings_with(data, host=host), kafka_settings(brokers)
    try:
        with open_log(settings) as log:
            log_relay = Relay(log, kafka)
            with serve_probe(
                settings.host, probe, "relay", lambda: relay_status(log_relay)
            ) as port:
                ERRORS.print(f"{log.name.election}（{log.name.environment}）→ {kafka.events}")
                ERRORS.print(f"http://{settings.host}:{port}/health")
                run_until_signal(log_relay.run, log_relay.stop)
    except (LogNotChosen, LogUnavailable, TopicOfAnotherLog, TopicUnfit) as error:
        raise fail(str(error)) from error
