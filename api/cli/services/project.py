"""`kaihyo project`: fold the log from Kafka and publish documents there, for partners."""

from enum import StrEnum
from typing import Annotated

import typer

from api.cli.common.console import ERRORS
from api.cli.common.options import HostOption, settings_with
from api.cli.common.signals import run_until_signal
from api.cli.services.process_health import publisher_status
from api.cli.services.relay import BrokersOption, ProbeOption, kafka_settings
from infra.services.streaming.probe_server import serve_probe
from infra.services.streaming.read_node import KafkaReadModel
from infra.services.streaming.results_publisher import ResultsPublisher


class Role(StrEnum):
    """Kept for deployments that name a role: there is one only."""

    WHOLE = "whole"


def project(
    from_kafka: BrokersOption = None,
    role: Annotated[Role, typer.Option(hidden=True)] = Role.WHOLE,
    host: HostOption = None,
    probe: ProbeOption = 9102,
) -> None:
    """Kafka から一晩を集計し、変わった文書を `kaihyo.results` に出す。データベースは要らない。"""
    settings, kafka = settings_with(None, host=host), kafka_settings(from_kafka)
    ERRORS.print(f"{kafka.events} → {kafka.results}")
    live = KafkaReadModel(kafka)
    publisher = ResultsPublisher(live, kafka)
    live.start()
    try:
        with serve_probe(settings.host, probe, role, lambda: publisher_status(live, publisher)):
            run_until_signal(publisher.run, publisher.stop)
    finally:
        live.stop()
