"""`kaihyo project`: fold the night from Kafka, divided or whole, and publish documents there."""

from enum import StrEnum
from typing import Annotated

import typer

from api.cli.common.console import ERRORS
from api.cli.common.options import HostOption, settings_with
from api.cli.common.signals import until_told
from api.cli.services.process_health import of_nation, of_whole, of_worker
from api.cli.services.relay import BrokersOption, ProbeOption, kafka_settings
from infra.adapters.kafka.kafka_settings import KafkaSettings
from infra.runtime.settings import Settings
from infra.services.streaming.divided.merger import MergedReadModel
from infra.services.streaming.divided.shard_worker import Worker
from infra.services.streaming.probe_server import serve_probe
from infra.services.streaming.read_node import KafkaReadModel
from infra.services.streaming.results_publisher import ResultsPublisher


class Role(StrEnum):
    """What a process of the projection does."""

    WORKER = "worker"
    NATION = "nation"
    WHOLE = "whole"


def project(
    from_kafka: BrokersOption = None,
    role: Annotated[
        Role,
        typer.Option(
            help="worker: 分担して集計、nation: 分担の結果を合わせて公開、whole: 一台で。"
        ),
    ] = Role.WHOLE,
    host: HostOption = None,
    probe: ProbeOption = 9102,
) -> None:
    """Kafka から一晩を集計し、変わった文書を `kaihyo.results` に出す。データベースは要らない。"""
    settings, kafka = settings_with(None, host=host), kafka_settings(from_kafka)
    ERRORS.print(f"{kafka.events} → {role}")
    match role:
        case Role.WORKER:
            _work(settings, kafka, probe)
        case Role.NATION:
            _merge(settings, kafka, probe)
        case Role.WHOLE:
            _fold(settings, kafka, probe)


def _work(settings: Settings, kafka: KafkaSettings, probe: int) -> None:
    worker = Worker(kafka)
    with serve_probe(settings.host, probe, "worker", lambda: of_worker(worker)):
        until_told(worker.run, worker.stop)


def _merge(settings: Settings, kafka: KafkaSettings, probe: int) -> None:
    night = MergedReadModel(kafka)
    publisher = ResultsPublisher(night, kafka)
    night.start()
    try:
        with serve_probe(settings.host, probe, "nation", lambda: of_nation(night, publisher)):
            until_told(publisher.run, publisher.stop)
    finally:
        night.stop()


def _fold(settings: Settings, kafka: KafkaSettings, probe: int) -> None:
    night = KafkaReadModel(kafka)
    publisher = ResultsPublisher(night, kafka)
    night.start()
    try:
        with serve_probe(settings.host, probe, "whole", lambda: of_whole(night, publisher)):
            until_told(publisher.run, publisher.stop)
    finally:
        night.stop()
