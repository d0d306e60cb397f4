"""`kaihyo relay`: carry the log to Kafka."""

from typing import Annotated

import typer

from api.commands.options import DataOption, HostOption, settings_with
from api.commands.telling import ERRORS, fail
from api.commands.until import until_told
from infra.bootstrap import opened_log
from infra.kafka.admission import BrokersRefuse, require_admission
from infra.kafka.ending import TopicOfAnotherLog
from infra.kafka.probe import probed
from infra.kafka.relay import Relay
from infra.kafka.settings import KafkaSettings
from infra.kafka.topics import TopicUnfit
from infra.kafka.wellness import of_relay
from infra.log.errors import LogUnavailable
from infra.postgres.schemas import LogNotChosen

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
        with opened_log(settings) as log:
            carrier = Relay(log, kafka)
            with probed(settings.host, probe, "relay", lambda: of_relay(carrier)) as port:
                ERRORS.print(f"{log.name.election}（{log.name.environment}）→ {kafka.events}")
                ERRORS.print(f"http://{settings.host}:{port}/health")
                until_told(carrier.run, carrier.stop)
    except (LogNotChosen, LogUnavailable, TopicOfAnotherLog, TopicUnfit) as error:
        raise fail(str(error)) from error
