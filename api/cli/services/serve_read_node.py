"""`kaihyo serve --from-kafka`: a read node, with no database and no way to one."""

from api.cli.common.console import ERRORS
from api.cli.common.server import server_of
from api.cli.services.relay import kafka_settings
from api.http.app_state import House
from infra.adapters.postgres.schemas import LogName
from infra.runtime.settings import Settings
from infra.services.streaming.read_node import KafkaNight


def serve_from_kafka(brokers: str, settings: Settings) -> None:
    """Serve readers until told to end; postings are answered with 503."""
    night = KafkaNight(kafka_settings(brokers), _expected(settings))
    night.start()
    try:
        ERRORS.print(
            f"読取専用 http://{settings.host}:{settings.port}/ 記録位置 {night.position}",
        )
        server_of(House(night.log, night), settings).run()
    finally:
        night.stop()


def _expected(settings: Settings) -> LogName | None:
    if settings.election and settings.environment:
        return LogName(settings.election, settings.environment)
    return None
