"""`kaihyo serve --from-kafka`: a read node, with no database and no way to one."""

from api.cli.common.console import ERRORS
from api.cli.common.server import build_server
from api.cli.services.relay import kafka_settings
from api.http.app_state import AppState
from infra.adapters.postgres.schemas import LogName
from infra.runtime.settings import Settings
from infra.services.streaming.read_node import KafkaReadModel


def serve_from_kafka(brokers: str, settings: Settings) -> None:
    """Serve readers until asked to end; postings are answered with 503."""
    state = KafkaReadModel(kafka_settings(brokers), _find_log(settings))
    state.start()
    try:
        ERRORS.print(
            f"読取専用 http://{settings.host}:{settings.port}/ 記録位置 {state.position}",
        )
        build_server(AppState(state.log, state), settings).run()
    finally:
        state.stop()


def _find_log(settings: Settings) -> LogName | None:
    if settings.election and settings.environment:
        return LogName(settings.election, settings.environment)
    return None
